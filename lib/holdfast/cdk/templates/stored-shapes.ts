import { formOf } from '../../core/definitions/resource-extension.ts';
import type { Registry } from '../../service/registry.ts';
import type { StoredShapes } from './templates.ts';

/** What a release reads and writes; its service stack's template says it, for the release after it. */
export function storedShapes({ resources }: Pick<Registry, 'resources'>): StoredShapes | undefined {
  const shapes = resources.flatMap(({ definition }) => {
    const form = formOf(definition);
    return form === undefined ? [] : [[definition.name, { reads: form.reads, writes: form.writes }] as const];
  });
  return shapes.length === 0 ? undefined : Object.fromEntries(shapes);
}

/** Of a resource that a release says nothing of. */
const FIRST = { reads: 1, writes: 1 };

/**
 * Two releases run side by side during a deployment, and after a rollback the older one runs alone: each has to read all
 * that the other writes.
 */
export function shapeRefusals(before: StoredShapes = {}, after: StoredShapes = {}): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
    const [was, is] = [before[name] ?? FIRST, after[name] ?? FIRST];
    return [
      ...(is.writes > was.reads
        ? [
            `${name} would be kept in shape ${is.writes}, and the release before reads up to ${was.reads}; set writes: ${was.reads} in the shapes of ${name}, with a downgrade, deploy that everywhere, then set it back to ${is.writes}`,
          ]
        : []),
      ...(is.reads < was.writes
        ? [
            `${name} are kept in shape ${was.writes}, and this release would read up to ${is.reads}: nobody could use them; set reads: ${was.writes} in the shapes of ${name}, or deploy a release that has it`,
          ]
        : []),
    ];
  });
}
