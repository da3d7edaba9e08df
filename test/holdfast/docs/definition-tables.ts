import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { NO_FAULTS } from '../../../lib/holdfast/local/partners/faults.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { ComputedTable } from '../bench/documents.ts';
import { markdownTable } from '../bench/markdown-table.ts';
import { membersOf, memberTable, type Shown } from './member-table.ts';

const PAGE = 'docs/operations-and-partners.md';

/** What a team writes besides actions. */
const DEFINITIONS: Readonly<Record<string, Shown>> = {
  operation: [
    ['the operation', 'Operation', 'core/definitions/define-operation.ts'],
    ['a step', 'Step', 'core/definitions/define-operation.ts'],
  ],
  partner: [
    ['the partner', 'Partner', 'core/partners/define-partner.ts'],
    ['`answers`', 'Answers', 'core/partners/answers.ts'],
    ['`callback`', 'CallbackForm', 'core/partners/define-partner.ts'],
  ],
  simulator: [
    ['the simulator', 'Simulator', 'core/partners/define-simulator.ts'],
    ['a route that does something', 'DoingRoute', 'core/partners/define-simulator.ts'],
    ['a route that tells', 'TellingRoute', 'core/partners/define-simulator.ts'],
    ['either route', 'SimulatedRoute', 'core/partners/define-simulator.ts'],
  ],
};

/** What the end of a fault's name says of its number. */
const UNITS: Readonly<Record<string, string>> = {
  Ms: 'milliseconds',
  Seconds: 'seconds',
  Until: 'milliseconds since 1970',
};

const kindOf = (name: string, standard: unknown): string => {
  if (typeof standard === 'string') return 'a text';
  if (typeof standard === 'boolean') return '`true` or `false`';
  return Object.entries(UNITS).find(([end]) => name.endsWith(end))?.[1] ?? 'a chance, 0 to 1';
};

/** Every fault of a simulated partner. */
async function faultTable(): Promise<string> {
  const text = await readFile(join(ROOT, 'lib/holdfast/local/partners/faults.ts'), 'utf8');
  const standards = new Map<string, unknown>(Object.entries(NO_FAULTS));
  return markdownTable([
    ['fault', 'value', 'unless told', 'the partner'],
    ...membersOf(text, 'NO_FAULTS').map(({ name, meaning }) => [
      `\`${name}\``,
      kindOf(name, standards.get(name)),
      `\`${JSON.stringify(standards.get(name))}\``,
      meaning,
    ]),
  ]);
}

/** The tables of what definitions may hold, and of what partners can be told to do wrong. */
export const definitionTables = async (): Promise<readonly ComputedTable[]> => [
  ...(await Promise.all(
    Object.entries(DEFINITIONS).map(async ([name, shown]) => ({
      path: PAGE,
      name,
      text: await memberTable(shown),
    })),
  )),
  { path: 'docs/local-cloud.md', name: 'faults', text: await faultTable() },
];
