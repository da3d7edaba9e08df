import { isDeepStrictEqual } from 'node:util';
import { checkAnswers } from './answers.ts';
import { nameOf } from './describe.ts';
import type { History } from './history.ts';
import { checkOperations } from './operations.ts';
import { madeBetween } from './real-time.ts';
import { checkRefusals } from './refusals.ts';
import { isOfUser } from './sightings.ts';
import type { Timeline } from './timeline.ts';
import { timelinesOf } from './timelines.ts';
import { must } from './violation.ts';

/**
 * Checks a history against the sequential model.
 * @throws Violation for the first rule that it breaks
 */
export function check(history: History): void {
  checkAnswers(history);
  const timelines = timelinesOf(history);
  const made = new Map(timelines.map((timeline) => [timeline, madeBetween(history, timeline)]));
  for (const [i, timeline] of timelines.entries()) {
    checkRefusals(history, timeline, made);
    checkOperations(history, timeline, history.final[i] as History['final'][number]);
  }
  checkTenants(history, timelines);
  checkHistories(history);
}

/** What a tenant does not have is not found, and nothing else is. */
function checkTenants(history: History, timelines: readonly Timeline[]): void {
  const own = new Map<string, string>();
  for (const { id, tenant, versions } of timelines) {
    own.set(id, tenant);
    for (const { row } of versions) if (row.operation !== undefined) own.set(row.operation, tenant);
  }
  for (const sent of history.sent.filter(isOfUser)) {
    const { what, answer } = sent;
    if (answer === undefined || answer.status >= 500) continue;
    if (what.kind === 'list') {
      const items = (answer.json.items as { id: string }[]).map(({ id }) => id);
      must(
        items.every((id) => own.get(id) === what.user.tenant),
        'a tenant sees its own alone',
        () => `${nameOf(history, sent)} lists ${items.join(' ')}`,
      );
    } else if (what.id !== undefined) {
      must(
        (answer.status === 404) === (own.get(what.id) !== what.user.tenant),
        'a tenant sees its own alone',
        () => `${nameOf(history, sent)}: ${answer.status} ${answer.text}`,
      );
    }
  }
  // Creates of one key by two tenants are two payouts.
  for (const { id, tenant, versions } of timelines) {
    const twin = timelines.find(
      (other) =>
        other.id !== id && other.tenant === tenant && other.versions[0]?.row.key === versions[0]?.row.key,
    );
    must(
      twin === undefined,
      'a key has one answer',
      () => `${id} and ${twin?.id} were created under one key`,
    );
  }
}

/** A history that was read on the way tells the same as at last. */
function checkHistories(history: History): void {
  for (const sent of history.sent) {
    const { what, answer } = sent;
    if (what.kind !== 'history' || answer?.status !== 200) continue;
    const final = history.final.find(({ id }) => id === what.id);
    const rows = (final?.history.json.items ?? []) as object[];
    for (const row of answer.json.items as object[]) {
      must(
        rows.some((last) => isDeepStrictEqual(row, last)),
        'a version is the same for whoever sees it',
        () => `${nameOf(history, sent)} tells ${JSON.stringify(row)}, and at last nothing does`,
      );
    }
  }
}
