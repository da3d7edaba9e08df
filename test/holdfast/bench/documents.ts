import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  executionsOf,
  type Reservation,
  reservations,
} from '../../../lib/holdfast/cdk/functions/reserved-concurrency.ts';
import { stageConfig, stageNames } from '../../../lib/holdfast/service/config.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import { goldens } from '../support/golden.ts';
import { idleBill, idleTable } from './idle.ts';
import { limitsOf, limitTable } from './limits.ts';
import { markdownTable } from './markdown-table.ts';
import { PRICES } from './prices.ts';

/** A table that is computed from templates and stored items: nothing is measured, so that anybody gets the same. */
export interface ComputedTable {
  /** Of the document. */
  readonly path: string;
  /** Between `<!-- name: … -->` and `<!-- /name -->`. */
  readonly name: string;
  readonly text: string;
}

/** Those of this release. */
export async function computedTables(): Promise<readonly ComputedTable[]> {
  const { stacks } = await synthesize({ stage: 'production' });
  const resources = stacks.flatMap(({ template }) => Object.entries(template.Resources));
  const [, { Properties: records = {} } = {}] = resources.find(([id]) => id === 'RecordsTable') ?? [];
  const [, golden] = (await goldens()).at(-1) ?? [];
  const stored = (prefix: string, state: string) => {
    const found = golden?.tables.RecordsTable.find(
      ({ pk, state: its }) => pk?.S?.startsWith(prefix) && its?.S === state,
    );
    if (found === undefined)
      throw new Error(`the golden recording has no item of ${prefix} that is ${state}`);
    return found;
  };
  const limits = limitsOf(records, {
    payout: stored('payouts#', 'cancelled'),
    operation: stored('operations#', 'running'),
  });
  const methods = Object.values(Object.fromEntries(resources)).filter(
    ({ Type, Properties }) => Type === 'AWS::ApiGateway::Method' && Properties?.HttpMethod !== 'OPTIONS',
  ).length;
  const bills = new Map(
    await Promise.all(
      deployedStages().map(async (stage) => [stage, idleBill((await synthesize({ stage })).stacks)] as const),
    ),
  );
  return [
    { path: 'docs/cost.md', name: 'idle', text: idleTable(bills) },
    { path: 'docs/cost.md', name: 'token', text: tokenTable() },
    { path: 'docs/limits.md', name: 'limits', text: limitTable(limits) },
    { path: 'docs/limits.md', name: 'reserved', text: reservedTable(reservations(await loadRegistry())) },
    { path: 'docs/limits.md', name: 'throttle', text: throttleTable(methods) },
  ];
}

/** Stages of an account. */
const deployedStages = () => stageNames.filter((stage) => stage !== 'local' && stage !== 'emulated');

/** What a client's tokens cost in a month of 30 days, by how often it asks for one. */
const tokenTable = (): string =>
  markdownTable([
    ['a client that asks for a token', 'tokens a month', 'dollars'],
    ...(
      [
        ['once a day, where a token is good for a day', 30],
        ['once an hour', 720],
        ['every five minutes', 8_640],
        ['for each call, at one call a second', 2_592_000],
      ] as const
    ).map(([how, tokens]) => [how, tokens.toLocaleString('en-US'), `$${(tokens * PRICES.token).toFixed(2)}`]),
  ]);

/** What is reserved of the account's executions, and why. */
const reservedTable = (reserved: readonly Reservation[]): string =>
  markdownTable([
    ['function', 'executions', 'without them'],
    ...reserved.map(({ name, executions, why }) => [`\`${name}\``, String(executions), why]),
    ['**together**', `**${executionsOf(reserved)}**`, ''],
  ]);

/** The throttle of each stage that is deployed: of one method, and of all of them. */
const throttleTable = (methods: number): string =>
  markdownTable([
    ['stage', 'of one method', 'at once', `all ${methods} methods together`],
    ...deployedStages().map((stage) => {
      const { ratePerSecond, burst } = stageConfig(stage).throttle;
      return [
        `\`${stage}\``,
        `${ratePerSecond} a second`,
        String(burst),
        `${ratePerSecond * methods} a second`,
      ];
    }),
  ]);

/** A document with the table in its place. */
export const withTable = (document: string, { name, text }: ComputedTable): string =>
  document.replace(
    new RegExp(`(<!-- ${name}: [^>]*-->).*?(<!-- /${name} -->)`, 's'),
    (_, begin, end) => `${begin}\n\n${text}\n\n${end}`,
  );

/** Writes a table into its document. */
export async function writeTable(table: ComputedTable): Promise<void> {
  const path = join(ROOT, table.path);
  await writeFile(path, withTable(await readFile(path, 'utf8'), table));
}

/** Writes every computed table into its document. */
export async function writeComputedTables(): Promise<void> {
  for (const table of await computedTables()) await writeTable(table);
}
