import { setTimeout as delay } from 'node:timers/promises';
import { ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import registered from '@operations';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { CONTRADICTED, NEEDS_ATTENTION } from '../../core/metric-names.ts';
import { due } from '../../core/operations/accept-operation.ts';
import { capabilityOf } from '../../core/operations/operation-capability.ts';
import { directive } from '../../core/operations/operation-directive.ts';
import {
  type CommandRef,
  isFinal,
  newlyContradicted,
  type Progress,
} from '../../core/operations/operation-progress.ts';
import {
  KEPT_SECONDS,
  type OperationInternals,
  operationMembers,
  operations,
  SYSTEM,
  shownStep,
} from '../../core/operations/operations.ts';
import { fullJitterMs } from '../../core/partners/retry-policy.ts';
import { dynamodb, isContention, isTooLarge, storageProblem } from '../aws/dynamodb.ts';
import { count } from '../aws/metric.ts';
import { loadItem } from '../records/records.ts';
import { failedConditions, type LabelledWrite, transaction } from '../records/transaction.ts';
import { conditionalUpdate, newCommit } from '../records/update-expression.ts';
import type { LoadedOperation } from './loaded-operation.ts';
import { ending } from './operation-end.ts';
import { resume, UnknownOperation } from './step-functions.ts';

export type { LoadedOperation };

/** A change of an operation: what happened, by whom, and what it makes of it. */
export interface Change {
  /** Name of what happened, for the history. */
  readonly what: string;
  /** The same progress back changes nothing. */
  readonly advance: (loaded: LoadedOperation) => Progress;
  /** What a partner told, and of which command; a final outcome that is not its first one is noted, and changes nothing shown. */
  readonly reports?: { readonly command: CommandRef; readonly told: string };
  /** Token of a wait to keep. @default one that is kept is forgotten, since what it waited for has changed */
  readonly wake?: string;
}

/** What the history calls a final outcome that is not the first one. */
export const CONTRADICTION = 'contradicted';

/** So many writers contend for one operation at most: its execution, a consumer, a callback, a cancel, the sweep. */
const ATTEMPTS = 8;

/** A margin for the sweep, beyond what an execution waits for by itself. */
const DUE_MARGIN_MS = 60_000;

const definitions = new Map(registered.map((operation) => [operation.name, operation]));

/** The operation of a partition key, as its last write left it; undefined where it is no longer kept. */
export async function loadOperation(pk: string): Promise<LoadedOperation | undefined> {
  const item = await loadItem(operations, pk);
  if (item === undefined) return undefined;
  const { subject, machine, wake } = item.stored.hidden as unknown as {
    subject: OperationInternals['subject'];
    machine: Progress;
    wake?: string;
  };
  const operation = definitions.get(subject.definition);
  if (operation === undefined) throw new UnknownOperation(subject.definition);
  const { retries } = machine;
  return {
    pk,
    stored: item.stored,
    operation,
    subject: { ...subject, ...(retries && { retries }) },
    progress: machine,
    wake,
  };
}

/**
 * Changes an operation on condition that what the change was made from still stands; else it is made anew. The change
 * that ends it moves its resource in the same transaction, so that neither ends without the other.
 * @returns the operation after the change, and whether this call changed it; undefined where there is none
 */
export async function changeOperation(
  pk: string,
  change: Change,
): Promise<{ readonly loaded: LoadedOperation; readonly changed: boolean } | undefined> {
  let isOversize = false;
  for (let attempt = 0; ; attempt++) {
    const loaded = await loadOperation(pk);
    if (loaded === undefined) return undefined;
    const told = change.advance(loaded);
    if (told === loaded.progress && change.wake === undefined) return { loaded, changed: false };
    const { progress, together } = await ending(loaded, told, isOversize);
    const { next, update } = nextVersion(loaded, progress, change);
    const writes = [{ label: 'operation', write: { Update: update } }, ...together];
    const stored = await store(writes, update).then(
      () => true,
      (error: unknown) => {
        // No repetition makes the resource smaller, and the outcome is not to be lost: the operation is kept by itself.
        const isNews = !isOversize && together.length > 0 && isTooLarge(error);
        isOversize ||= isNews;
        return isNews ? false : wasOvertaken(error, writes, attempt);
      },
    );
    if (stored) {
      await tell(loaded, progress, change);
      return { loaded: { ...loaded, stored: next, progress, wake: change.wake }, changed: true };
    }
    await delay(fullJitterMs({ baseMs: 10, capMs: 200 }, attempt, Math.random()));
  }
}

const store = (writes: readonly LabelledWrite[], update: ReturnType<typeof conditionalUpdate>) =>
  writes.length > 1 ? dynamodb.send(transaction(writes)) : dynamodb.send(new UpdateItemCommand(update));

/**
 * Whichever of the writes was overtaken, all is read and made anew: the operation by another change of it, the resource by
 * whatever moved it although the operation holds it.
 * @throws Problem for a failure that another attempt does not mend
 */
function wasOvertaken(error: unknown, writes: readonly LabelledWrite[], attempt: number): false {
  const overtaken =
    error instanceof ConditionalCheckFailedException ||
    isContention(error) ||
    failedConditions(error, writes) !== undefined;
  if (overtaken && attempt < ATTEMPTS) return false;
  throw storageProblem(error);
}

/** Whoever has to know of a change: a person, and the wait for what has just changed. */
async function tell(loaded: LoadedOperation, progress: Progress, change: Change) {
  const { pk, progress: before, wake, operation } = loaded;
  const { state, reason = '' } = progress;
  if (state === 'needs-attention' && before.state !== 'needs-attention')
    count(NEEDS_ATTENTION, { operation: pk, reason });
  const contradiction = contradictionOf(loaded, progress, change);
  if (contradiction !== undefined) {
    const { step } = contradiction.command;
    const partner = operation.steps.find(({ name }) => name === step)?.partner.name ?? step;
    count(CONTRADICTED, { by: { partner }, operation: pk, told: contradiction.told });
  }
  if (wake !== undefined && change.wake === undefined) await resume(wake);
}

/** What a change notes besides: that a partner has contradicted itself. */
function contradictionOf({ progress: before }: LoadedOperation, progress: Progress, change: Change) {
  const isNoted = change.what === CONTRADICTION || newlyContradicted(before, progress) !== undefined;
  return isNoted ? change.reports : undefined;
}

function nextVersion(loaded: LoadedOperation, progress: Progress, change: Change) {
  const { pk, stored, operation, subject } = loaded;
  const now = Date.now();
  // What was told is about the command that was told of, which may have given way to the next one.
  const { command, told }: { command: CommandRef; told?: string } = change.reports ?? progress;
  const contradiction = contradictionOf(loaded, progress, change);
  const members = operationMembers(operation, subject, progress);
  const capability = capabilityOf(operation);
  const next: StoredResource = {
    ...stored,
    state: progress.state,
    version: stored.version + 1,
    commit: newCommit(),
    updatedAt: contradiction === undefined ? new Date(now).toISOString() : stored.updatedAt,
  };
  const final = isFinal(progress.state);
  const attention = progress.state === 'needs-attention';
  const todo = directive(operation, progress, now);
  const dueAt = now + (todo.do === 'end' ? 0 : todo.timeoutSeconds * 1000) + DUE_MARGIN_MS;
  const update = conditionalUpdate({
    pk,
    read: stored,
    next,
    changes: { ...members, ...(capability && { results: capability.shown(progress) }) },
    hidden: { machine: progress, wake: change.wake ?? null },
    attributes: {
      last: {
        action: change.what,
        actor: SYSTEM,
        from: stored.state,
        to: progress.state,
        version: next.version,
        operation: stored.id,
        step: shownStep(operation, command),
        attempt: command.attempt,
        told,
        ...(contradiction && { action: CONTRADICTION, at: new Date(now).toISOString() }),
      },
      ...(final || attention ? { dueList: null, dueAt: null } : due(stored.id, dueAt)),
      ...(final && { expiration: Math.ceil(now / 1000) + KEPT_SECONDS }),
    },
  });
  return { next, update };
}
