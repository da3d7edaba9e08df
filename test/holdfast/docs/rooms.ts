import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

interface Rule {
  readonly from: { readonly path?: string };
  readonly to: { readonly path?: string; readonly pathNot?: string };
}

/** The folders of a pattern `^(a|b)/`. */
const folders = (pattern = ''): readonly string[] => /^\^\((.*)\)\/$/.exec(pattern)?.[1]?.split('|') ?? [];

/** Which rooms may import which others, as `.dependency-cruiser.cjs` has it: the rules that allow rooms of ours alone. */
export function arrows(): ReadonlyMap<string, readonly string[]> {
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const { forbidden } = createRequire(import.meta.url)(config) as { readonly forbidden: readonly Rule[] };
  const rules = forbidden.filter(({ to }) => to.pathNot !== undefined && folders(to.path).includes('bin'));
  return new Map(
    rules.flatMap(({ from, to }) =>
      folders(from.path).map((room) => [room, folders(to.pathNot).filter((other) => other !== room)]),
    ),
  );
}
