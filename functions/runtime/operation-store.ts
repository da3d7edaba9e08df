import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import registered from '@operations';
import type { Operation } from '../core/define-operation.ts';
import { NEEDS_ATTENTION } from '../core/metric-names.ts';
import { directive } from '../core/operation-directive.ts';
import { isFinal, type Progress } from '../core/operation-progress.ts';
import { KEPT_SECONDS, type OperationInternals, operationMembers, SYSTEM } from '../core/operations.ts';
import type { StoredResource } from '../core/representation.ts';
import { fullJitterMs } from '../core/retry-policy.ts';
import { dynamodb, isContention, storageProblem } from './dynamodb.ts';
import { partitionKey, tenantOf } from './item.ts';
import { count } from './metric.ts';
import { due } from './operation-item.ts';
import { loadItem } from './records.ts';
import { resume } from './step-functions.ts';
import { conditionalUpdate } from './update-expression.ts';

/** An operation as it stands. */
export interface LoadedOperation {
  readonly pk: string;
  readonly stored: StoredResource;
  readonly operation: Operation;
  readonly subject: OperationInternals['subject'];
  readonly progress: Progress;
  readonly wake: string | undefined;
}

/** A change of an operation: what happened, by whom, and what it makes of it. */
export interface Change {
  /** Name of what happened, for the history. */
  readonly what: string;
  /** The same progress back changes nothing. */
  readonly advance: (loaded: LoadedOperation) => Progress;
  /** Token of a wait to keep. @default one that is kept is forgotten, since what it waited for has changed */
  readonly wake?: string;
}

/** So many writers contend for one operation at most: its execution, a consumer, a callback, a cancel, the sweep. */
const ATTEMPTS = 8;

/** A margin for the sweep, beyond what an execution waits for by itself. */
const DUE_MARGIN_MS = 60_000;

const definitions = new Map(registered.map((operation) => [operation.name, operation]));

/** The operation of a partition key, as its last write left it; undefined where it is no longer kept. */
export async function loadOperation(pk: string): Promise<LoadedOperation | undefined> {
  const item = await loadItem(pk);
  if (item === undefined) return undefined;
  const { subject, machine, wake } = item.stored.hidden as unknown as {
    subject: OperationInternals['subject'];
    machine: Progress;
    wake?: string;
  };
  const operation = definitions.get(subject.definition);
  if (operation === undefined)
    throw new Error(`operation '${subject.definition}' is not defined; put it back, or resolve ${pk}`);
  return { pk, stored: item.stored, operation, subject, progress: machine, wake };
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
  for (let attempt = 0; ; attempt++) {
    const loaded = await loadOperation(pk);
    if (loaded === undefined) return undefined;
    const progress = change.advance(loaded);
    if (progress === loaded.progress && change.wake === undefined) return { loaded, changed: false };
    const { next, update } = nextVersion(loaded, progress, change);
    const stored = await store(loaded, progress, update).then(
      () => true,
      (error: unknown) => wasOvertaken(error, attempt),
    );
    if (stored) {
      await tell(loaded, progress, change);
      return { loaded: { ...loaded, stored: next, progress, wake: change.wake }, changed: true };
    }
    await delay(fullJitterMs({ baseMs: 10, capMs: 200 }, attempt, Math.random()));
  }
}

/** @throws Problem for a failure that another attempt does not mend */
function wasOvertaken(error: unknown, attempt: number): false {
  const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
  const overtaken =
    error instanceof ConditionalCheckFailedException ||
    isContention(error) ||
    reasons.some(({ Code }) => Code === 'ConditionalCheckFailed');
  if (overtaken && attempt < ATTEMPTS) return false;
  throw storageProblem(error);
}

/** Whoever has to know of a change: a person, and the wait for what has just changed. */
async function tell(
  { pk, progress: before, wake }: LoadedOperation,
  { state, reason = '' }: Progress,
  change: Change,
) {
  if (state === 'needs-attention' && before.state !== 'needs-attention')
    count(NEEDS_ATTENTION, { operation: pk, reason });
  if (wake !== undefined && change.wake === undefined) await resume(wake, { type: 'none' });
}

const newCommit = () => randomBytes(3).toString('base64url');

function nextVersion(loaded: LoadedOperation, progress: Progress, change: Change) {
  const { pk, stored, operation, subject } = loaded;
  const now = Date.now();
  const members = operationMembers(operation, subject, progress);
  const next: StoredResource = {
    ...stored,
    state: progress.state,
    version: stored.version + 1,
    commit: newCommit(),
    updatedAt: new Date(now).toISOString(),
  };
  const final = isFinal(progress.state);
  const attention = progress.state === 'needs-attention';
  const todo = directive(operation, progress, now);
  const dueAt = now + (todo.do === 'end' ? 0 : todo.timeoutSeconds * 1000) + DUE_MARGIN_MS;
  const update = conditionalUpdate({
    pk,
    read: stored,
    next,
    changes: members,
    hidden: { machine: progress, wake: change.wake ?? null },
    attributes: {
      last: {
        action: change.what,
        actor: SYSTEM,
        from: stored.state,
        to: progress.state,
        version: next.version,
        operation: stored.id,
        step: members.step,
        attempt: progress.command.attempt,
      },
      ...(final || attention ? { dueList: null, dueAt: null } : due(dueAt)),
      ...(final && { expiration: Math.ceil(now / 1000) + KEPT_SECONDS }),
    },
  });
  return { next, update };
}

async function store(
  loaded: LoadedOperation,
  progress: Progress,
  update: ReturnType<typeof conditionalUpdate>,
): Promise<void> {
  const ends = isFinal(progress.state) && !isFinal(loaded.progress.state);
  if (!ends) {
    await dynamodb.send(new UpdateItemCommand(update));
    return;
  }
  await dynamodb.send(
    new TransactWriteItemsCommand({
      TransactItems: [{ Update: update }, await endOfResource(loaded, progress)],
    }),
  );
}

/** Moves the resource to where the operation's end leads. */
async function endOfResource(
  { pk, stored, operation, subject }: LoadedOperation,
  { state }: Progress,
): Promise<TransactWriteItem> {
  const resourcePk = partitionKey(operation.resource, tenantOf(pk), subject.resource.id);
  const item = await loadItem(resourcePk);
  if (item === undefined) throw new Error(`resource ${resourcePk} of operation ${pk} is gone`);
  const ends = {
    succeeded: operation.onSucceeded,
    failed: operation.onFailed,
    cancelled: operation.onCancelled,
  };
  const to = ends[state as keyof typeof ends];
  const version = item.stored.version + 1;
  return {
    Update: conditionalUpdate({
      pk: resourcePk,
      read: item.stored,
      next: { ...item.stored, state: to, version, commit: newCommit(), updatedAt: new Date().toISOString() },
      changes: {},
      attributes: {
        last: {
          action: subject.action,
          actor: SYSTEM,
          from: item.stored.state,
          to,
          version,
          operation: stored.id,
        },
      },
    }),
  };
}
