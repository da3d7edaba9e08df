import { isDeepStrictEqual } from 'node:util';
import { completedRules, forgetGone } from '../../backfill/completed.ts';
import type { Table } from '../../backfill/table.ts';
import type { Rules } from '../../cdk/templates/templates.ts';
import type { DeployedStack } from '../account/deployed.ts';

/** Where a release comes. */
export interface ReleasedStage {
  readonly stage: string;
  /** What the release keeps with each version. @default nothing */
  readonly rules: Rules | undefined;
  /** That holds its resources; undefined where it is not deployed. */
  readonly table: () => Promise<Table | undefined>;
}

type Print = (line: string) => void;

/**
 * Before a release comes, what it lacks is forgotten: items that it writes are not kept by it, which nothing tells of afterwards.
 * @param service the service stack as it is deployed
 */
export async function beforeRelease(
  { rules = {}, table: find }: Omit<ReleasedStage, 'stage'>,
  service: Pick<DeployedStack, 'template'>,
  print: Print,
): Promise<void> {
  const before = Object.keys(service.template.Metadata?.holdfast?.rules ?? {});
  if (before.length === 0) return;
  const table = await find();
  if (table === undefined) return;
  const forgotten = await forgetGone(table, before, rules);
  if (forgotten.length > 0)
    print(`this release lacks ${forgotten.join(', ')}: lists by that are refused from now on`);
}

/**
 * After a release has come, what it keeps is completed, unless that is so. A release that serves is not undone by what stands against that: its lists are
 * refused until then, and the command that completes them is told.
 */
export async function afterRelease(
  { stage, rules = {}, table: find }: ReleasedStage,
  backfill: () => Promise<void>,
  print: Print,
): Promise<void> {
  const table = Object.keys(rules).length === 0 ? undefined : await find();
  if (table === undefined) return;
  const isDone = await Promise.all(
    Object.entries(rules).map(async ([name, own]) =>
      isDeepStrictEqual(await completedRules(table, { name }), own),
    ),
  );
  if (isDone.every(Boolean)) return;
  try {
    await backfill();
  } catch (error) {
    print(
      `lists that are not complete are refused until npm run backfill -- --stage ${stage} --yes has gone through: ${error instanceof Error ? error.message : error}`,
    );
  }
}
