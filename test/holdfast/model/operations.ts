import { isDeepStrictEqual } from 'node:util';
import { nameOf } from './describe.ts';
import type { History, Operation, Sent, Write } from './history.ts';
import { versionOf } from './knowledge.ts';
import { ENDS } from './payout-machine.ts';
import { isOfUser, isWrite } from './sightings.ts';
import { isSameRequest, type Timeline } from './timeline.ts';
import { must } from './violation.ts';

const isFinal = (state: unknown) => String(state) in ENDS;

/**
 * Each disbursement has one operation, and what it, its payout and the bank say of the end is the same.
 * @throws Violation
 */
export function checkOperations(
  history: History,
  timeline: Timeline,
  { operations, transfers }: History['final'][number],
): void {
  const { id, versions } = timeline;
  const accepted = versions.filter(({ row, makers }) => row.action === 'disburse' && makers.length > 0);
  const ids = accepted.map(({ row }) => row.operation);
  must(
    isDeepStrictEqual(
      ids,
      operations.map((operation) => operation.id),
    ) &&
      accepted.every(({ makers, row }) =>
        makers.every(({ answer }) => answer?.status !== 202 || answer.json.id === row.operation),
      ),
    'each disbursement has one operation',
    () => `${id} was disbursed as ${ids.join(' ')}, and has ${operations.map((each) => each.id).join(' ')}`,
  );
  for (const [i, operation] of operations.entries()) {
    const ended = versions.filter(({ row, makers }) => makers.length === 0 && row.operation === operation.id);
    const state = operation.state;
    must(
      isFinal(state) &&
        state === expected(history, operation) &&
        ended.map(({ row }) => row.to).join() === ENDS[state] &&
        (transfers[i] === 'BOOKED') === (state === 'succeeded'),
      'an operation ends as its partners say',
      () =>
        `operation ${i + 1} of ${id} has ${state} and not ${expected(history, operation)}; the payout became ${ended.map(({ row }) => row.to)}, and the bank says ${transfers[i]}`,
    );
    checkCancels(history, operation);
    checkReads(history, operation);
  }
}

const cancelsOf = (history: History, { id }: Operation): readonly Sent<Write>[] =>
  history.sent
    .filter(isWrite)
    .filter(
      ({ what, answer }) => what.kind === 'cancel-operation' && what.id === id && answer?.status !== 404,
    );

/** How an operation has to end. */
function expected(history: History, operation: Operation): string {
  if (cancelsOf(history, operation).some(({ answer }) => answer?.status === 202)) return 'cancelled';
  const end = history.sent.find(({ what }) => what.kind === 'end-operation' && what.id === operation.id);
  return end?.what.kind === 'end-operation' && end.what.verdict === 'hit' ? 'failed' : 'succeeded';
}

/** One cancel has its effect; a refusal has a reason before it was answered. */
function checkCancels(history: History, operation: Operation): void {
  const cancels = cancelsOf(history, operation);
  const accepted = cancels.filter(({ answer }) => answer?.status === 202);
  const keys = new Set(accepted.map(({ what }) => what.key));
  must(
    keys.size <= 1,
    'an operation ends as its partners say',
    () => `it was cancelled under ${[...keys].join(' and ')}`,
  );
  const ends = history.sent.filter(({ what }) => what.kind === 'end-operation' && what.id === operation.id);
  for (const sent of cancels) {
    const { answer, answered = 0, what } = sent;
    const { code } = answer?.json ?? {};
    // One whose answer was lost has its effect where its retry is told so.
    const others = cancels.filter(
      (other) => other.invoked < answered && accepted.some((each) => isSameRequest(each.what, other.what)),
    );
    const truths: Readonly<Record<string, boolean>> = {
      'operation-not-cancelable':
        others.some((other) => other.what.key !== what.key) || ends.some(({ invoked }) => invoked < answered),
      'idempotency-key-reused': others.some(
        (other) => other.what.key === what.key && !isSameRequest(other.what, what),
      ),
    };
    must(
      code === undefined || (answer?.status ?? 0) >= 500 || truths[code] === true,
      'a refusal is true when it is made',
      () => `${nameOf(history, sent)}: ${answer?.text}`,
    );
  }
}

/** What is read of an operation never goes back. */
function checkReads(history: History, { id }: Operation): void {
  const reads = history.sent
    .filter(isOfUser)
    .filter(({ what, answer }) => what.kind === 'operation' && what.id === id && answer?.status === 200);
  for (const read of reads) {
    for (const other of reads) {
      must(
        (read.answered ?? 0) > other.invoked ||
          versionOf(read.answer?.etag ?? '') <= versionOf(other.answer?.etag ?? ''),
        'reads never go back',
        () => `${nameOf(history, other)} reads ${id} as it was before ${nameOf(history, read)}`,
      );
    }
  }
}
