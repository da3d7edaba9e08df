import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Resource } from '../core/definitions/define-resource.ts';
import { rulesOf } from '../core/definitions/resource-extension.ts';
import { write } from '../runtime/aws/attributes.ts';
import { completion } from './completed.ts';
import { type Pace, paceOf } from './pace.ts';
import { type Progress, progressOf, wordsOf } from './progress.ts';
import { putRight } from './put-right.ts';
import type { Table } from './table.ts';

/** What is gone through. */
export interface Backfilling extends Table {
  /** Of the service: those without rules are left alone. */
  readonly resources: readonly Resource[];
  /** Writes a second. */
  readonly rate: number;
  /** Items of a page: a run that is interrupted goes through the last one of each segment again. @default {@link PAGE} */
  readonly page?: number;
  /** Whether what was found to stand in the way before does not now, so that the run counts. @default it counts */
  readonly counts?: () => Promise<boolean>;
}

/** What became of it. */
export interface Backfilled {
  readonly looked: number;
  readonly written: number;
  /** What an item should have and something else has: people resolve that, and run it again. */
  readonly taken: readonly { readonly resource: string; readonly pk: string; readonly label: string }[];
  /** Rules that all items are kept by now: `lists.byCustomer of orders`. */
  readonly completed: readonly string[];
}

/** Parts of the table that are gone through side by side. */
const SEGMENTS = 4;

const PAGE = 200;

/**
 * Gives every item what its resource's capabilities keep with each version, and records that it has it. Nothing else changes: no member, no version, no
 * receipt, no event. Who writes meanwhile is not disturbed; what was written since it was read is read again.
 */
export async function backfill(backfilling: Backfilling): Promise<Backfilled> {
  const resources = backfilling.resources.filter((each) => Object.keys(rulesOf(each)).length > 0);
  const all = Object.fromEntries(resources.map((resource) => [resource.name, rulesOf(resource)]));
  const progress = await progressOf(backfilling, wordsOf(all), SEGMENTS);
  const pace = paceOf(backfilling.rate);
  const ended = await Promise.allSettled(
    progress.segments.map((segment) => goThrough({ ...backfilling, resources }, { segment, progress, pace })),
  );
  // None goes on behind the back of whoever is told of the first that failed.
  const parts = ended.map((part) => {
    if (part.status === 'rejected') throw part.reason;
    return part.value;
  });
  const taken = parts.flatMap((part) => part.taken);
  const counts = (await backfilling.counts?.()) ?? true;
  const complete = counts ? completeOf(resources, taken) : [];
  // A release that came and went meanwhile has forgotten it: what it wrote is in parts that were gone through already.
  const wasThere = await progress.end(
    complete.map(({ resource, rules }) => completion(backfilling.TableName, resource, rules)),
  );
  const completed = (wasThere ? complete : []).flatMap(({ resource, rules }) =>
    Object.keys(rules).map((rule) => `${rule} of ${resource.name}`),
  );
  return {
    looked: parts.reduce((sum, { looked }) => sum + looked, 0),
    written: parts.reduce((sum, { written }) => sum + written, 0),
    taken,
    completed,
  };
}

/** What is put in other items is not complete while something else has one of them. */
const completeOf = (resources: readonly Resource[], taken: Backfilled['taken']) =>
  resources.map((resource) => {
    const isTaken = taken.some((each) => each.resource === resource.name);
    const sound = (resource.extensions ?? []).filter(({ keys }) => keys === undefined || !isTaken);
    return { resource, rules: rulesOf({ extensions: sound }) };
  });

interface Part {
  readonly segment: number;
  readonly progress: Progress;
  readonly pace: Pace;
}

async function goThrough(
  backfilling: Backfilling,
  { segment, progress, pace }: Part,
): Promise<Omit<Backfilled, 'completed'>> {
  const { client, TableName, resources, page = PAGE } = backfilling;
  const taken: Backfilled['taken'][number][] = [];
  let [looked, written] = [0, 0];
  for (let after = progress.after(segment); after !== 'end'; ) {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new ScanCommand({
        TableName,
        Segment: segment,
        TotalSegments: progress.segments.length,
        ConsistentRead: true,
        Limit: page,
        ...among(resources),
        ...(after !== undefined && { ExclusiveStartKey: write({ pk: after }) }),
      }),
    );
    for (const item of Items) {
      const pk = item.pk?.S ?? '';
      const resource = resources.find(({ name }) => pk.startsWith(`${name}#`));
      if (resource === undefined) continue;
      const righted = await putRight(backfilling, resource, item);
      await pace(righted.isWritten);
      looked += 1;
      written += Number(righted.isWritten);
      taken.push(...righted.taken.map((label) => ({ resource: resource.name, pk, label })));
    }
    after = LastEvaluatedKey?.pk?.S ?? 'end';
    // What something else has is told at the end: a run that goes on meets it again.
    if (taken.length === 0) await progress.keep(segment, after);
  }
  return { looked, written, taken };
}

/** Items of these resources alone. */
const among = (resources: readonly Resource[]) => ({
  FilterExpression: resources.map((_, i) => `begins_with(pk, :type${i})`).join(' OR '),
  ExpressionAttributeValues: write(
    Object.fromEntries(resources.map(({ name }, i) => [`:type${i}`, `${name}#`])),
  ),
});
