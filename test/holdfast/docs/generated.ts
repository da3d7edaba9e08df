import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OPERATION_STATES } from '../../../lib/holdfast/core/operations/operation-progress.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { transitionsOf } from '../../../lib/holdfast/site/transitions.ts';
import { type ComputedTable, withTable } from '../bench/documents.ts';
import { differenceTable } from '../e2e/sam/differences.ts';
import { skipTable } from '../e2e/skips.ts';
import { definitionTables } from './definition-tables.ts';
import { roomDrawing, stateDrawing } from './drawing.ts';
import { usualWays } from './operation-states.ts';
import { picture } from './picture.ts';
import { adviceTable, problemTable } from './problem-table.ts';
import { quotedCode } from './quoted-code.ts';
import { arrows } from './rooms.ts';
import { recordSession } from './session.ts';

/** What a file of the documentation is to hold. */
export interface Generated {
  /** From the root. */
  readonly path: string;
  /** What it holds, made of what it holds now. */
  make(text: string): string;
}

/** Where the picture of a session is, which the README shows. */
export const PICTURE = 'docs/pictures/once.svg';

/** Every table and drawing that follows from the definitions. */
export async function generatedFiles(): Promise<readonly Generated[]> {
  const registry = await loadRegistry();
  const tables: readonly ComputedTable[] = [
    { path: 'docs/problems.md', name: 'problems', text: problemTable(registry) },
    { path: 'docs/problems.md', name: 'advice', text: adviceTable(registry) },
    { path: 'docs/deploy.md', name: 'skips', text: skipTable() },
    { path: 'docs/sam.md', name: 'sam', text: differenceTable() },
    ...(await definitionTables()),
    ...(await quotedCode()),
  ];
  const resources = await Promise.all(
    registry.resources.map(async (resource) => {
      const { name, states } = resource.definition;
      const text = await stateDrawing(`The states of ${name}`, states, transitionsOf(resource));
      return { path: `docs/pictures/${name}.svg`, make: () => text };
    }),
  );
  const rooms = await roomDrawing('Rooms, and which may import which', arrows());
  const operation = await stateDrawing('The states of an operation', OPERATION_STATES, usualWays);
  return [
    ...[...Map.groupBy(tables, ({ path }) => path)].map(([path, own]) => ({
      path,
      make: (text: string) => own.reduce(withTable, text),
    })),
    ...resources,
    { path: 'docs/pictures/operation.svg', make: () => operation },
    { path: 'docs/pictures/rooms.svg', make: () => rooms },
  ];
}

/** The picture of a session that is held for it. */
export const drawnSession = async (): Promise<string> =>
  picture(
    'The function dies after its write. The client retries. The money leaves once.',
    await recordSession(),
  );

/** Text of a file; empty where there is none. */
export const textOf = (path: string): Promise<string> => readFile(join(ROOT, path), 'utf8').catch(() => '');

/** Writes a file that is to hold something else than it does. */
export async function write(path: string, text: string, print: (line: string) => void): Promise<void> {
  if ((await textOf(path)) === text) return;
  await writeFile(join(ROOT, path), text);
  print(`wrote ${path}`);
}
