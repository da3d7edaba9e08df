import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from 'aws-lambda';
import { applyDecision } from '../../core/decisions/apply-decision.ts';
import { type Receipt, sameAsSent, sameInNewestForm } from '../../core/decisions/receipts.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Transition } from '../../core/definitions/representation.ts';
import { idParameter } from '../../core/definitions/routes.ts';
import { operations } from '../../core/operations/operations.ts';
import { fullJitterMs, type RetryPolicy } from '../../core/partners/retry-policy.ts';
import { Problem } from '../../core/problems/problem.ts';
import { checkState, checkVersion, ruleProblem, versionMismatch } from '../../core/requests/preconditions.ts';
import { readInput } from '../../core/requests/read-input.ts';
import { receiptIn, type View } from '../../core/requests/view.ts';
import { partitionKey } from '../../core/store/keys.ts';
import { type Item, isSame, type Plan, type Store, type Written } from '../../core/store/store.ts';
import { isResourceId, resourceId } from '../../core/values/resource-id.ts';
import { type Asked, fingerprintOf } from '../../core/writes/asked.ts';
import { type Extended, extensionOf } from '../../core/writes/extension.ts';
import { type Decision, planWrite } from '../../core/writes/plan-write.ts';
import { deadlineMs } from '../aws/deadline.ts';
import { type Answer, answerOf } from '../http/answer.ts';
import { namedVersion, tellOfDeprecation, viewOf } from '../http/api-version.ts';
import { authenticate } from '../http/authenticate.ts';
import { httpFunction } from '../http/http-function.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { idempotencyKey } from '../http/idempotency-key.ts';
import { jsonBody } from '../http/json-body.ts';
import { dynamodbStore } from '../records/dynamodb-store.ts';
import { newCommit } from '../records/update-expression.ts';
import { replayed } from './receipt-persistence.ts';

/** What a write reaches besides its request. */
export interface Surroundings {
  readonly store: Store;
  /** Milliseconds, since the epoch and to wait. */
  readonly clock: { now(): number; wait(ms: number): Promise<unknown> };
  /** Characters for an ETag, and a number from 0 up to 1. */
  readonly random: { commit(): string; fraction(): number };
  /** @returns everything that a decision stores */
  readonly plan: typeof planWrite;
}

/** How a request came. */
interface Sending {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly transitions: readonly Transition[];
}

/** Of a function that is deployed. */
export const DEPLOYED: Surroundings = {
  store: dynamodbStore,
  clock: { now: Date.now, wait: (ms) => delay(ms) },
  random: { commit: newCommit, fraction: Math.random },
  plan: planWrite,
};

/** Another write ends in milliseconds; whoever decides again at once meets the same others again. */
const ANOTHER_ROUND: RetryPolicy = { baseMs: 20, capMs: 500 };

/** So often a decision on more than its resource is made, where something that it was made on moves each time. */
const ROUNDS = 6;

/** Milliseconds that another round takes. */
const ROUND_MS = 1_000;

/**
 * One action, by the twelve steps of the write contract, as docs/http-contract.md lists them. They are below in their
 * order, and the first one that refuses decides the answer.
 */
export const writeContract = (
  action: Action,
  transitions: readonly Transition[],
  surroundings: Surroundings = DEPLOYED,
) =>
  httpFunction(
    [
      tellOfDeprecation,
      // 1. The token is valid, and carries the action's scope.
      authenticate(action.scope),
      // 2 and 3. The body is JSON by its type, not too large, and read strictly.
      jsonBody,
      // 4. There is a key, and it is well-formed.
      idempotencyKey,
    ],
    async (request, context) =>
      answered(askedBy(action, request), { request, context, transitions }, surroundings),
  );

async function answered(asked: Asked, sending: Sending, surroundings: Surroundings): Promise<Answer> {
  const { action, id, pk, attempt } = asked;
  const { store, clock } = surroundings;

  // 5. The resource exists in the caller's tenant. A create meets its own item, if it was made before.
  const item = isResourceId(action.resource.idPrefix, id) ? await store.load(action.resource, pk) : undefined;
  checkStands(action, item);

  // 6. The key is known, and the request is the one that it came with, as sent: Powertools replays the answer.
  const known = item && (await store.findReceipt(pk, item, attempt.key, clock.now()));
  const same = known && sameAsSent(known, attempt) ? known : undefined;
  const { context } = sending;
  return replayed({ key: attempt.key, known: same, context }, () =>
    decided(asked, sending, { item, known }, surroundings),
  );
}

async function decided(
  asked: Asked,
  { request, context, transitions }: Sending,
  { item, known }: { readonly item: Item | undefined; readonly known: Receipt | undefined },
  surroundings: Surroundings,
): Promise<Answer> {
  const { action } = asked;
  const { clock } = surroundings;
  const deadline = deadlineMs(context);

  // 7. The API version is served, and the input is valid.
  const view = viewOf(request, transitions);
  const input = readInput(action, view.version, request.body);

  for (let [read, receipt, round] = [item, known, 1]; ; round++) {
    // 8. The key is known: the request means the same in its newest form, or is refused.
    if (receipt !== undefined) return replayOf(asked, view, receipt, input);

    // 9. The sender saw the version that stands, or need not have seen any.
    const version = read && versionSeen(action, view, request, read);

    // 10. The state permits the action.
    if (read !== undefined) checkState(action, view, read.stored);

    // 11. The action's own rules, on the resource and on whatever else they read.
    const plan = await decide(asked, { view, read, input, now: clock.now() }, surroundings);

    // 12. Effect, version and receipt, in one write on condition that what was read still stands.
    const written =
      plan === undefined ? MOVED : await write(asked, plan, { request, deadline }, surroundings);
    if ('answer' in written) return written.answer;

    // The condition failed. That is read, not guessed: the item that stands there tells whose write it was.
    const on = { view, before: read, isSeen: version !== 'any' };
    ({ read, receipt } = await standing(asked, written, on, surroundings));
    if (receipt) continue;
    await betweenRounds(asked, { round, deadline }, surroundings);
    // Whoever waited is behind: what refused the write has moved on, and whatever is decided on it is refused again.
    if (!on.isSeen) ({ read, receipt } = await standing(asked, MOVED, on, surroundings));
  }
}

/** The request as far as it says by itself what it asks. */
function askedBy(action: Action, request: HttpRequest): Asked {
  const { resource, from } = action;
  const { caller, idempotencyKey: key, body, logged } = request;
  const id =
    from === undefined
      ? resourceId(resource.idPrefix, caller.tenant, resource.name, key)
      : request.pathParameter(idParameter(resource));
  Object.assign(logged, { resourceId: id, key });
  const actor = Object.freeze({ id: caller.id, tenant: caller.tenant });
  const sent = fingerprintOf({ action, actor, id }, body);
  const pk = partitionKey(resource, actor.tenant, id);
  return { action, actor, id, pk, attempt: { key, sent, ...namedVersion(request) } };
}

/** `any` where the action may be decided again on whatever stands when it commits. */
const versionSeen = (action: Action, view: View, request: HttpRequest, { stored }: Item): 'seen' | 'any' =>
  action.versionless ? 'any' : checkVersion(action, view, request.header('If-Match'), stored);

/** The answer to a known key, in the version that is asked for now. */
function replayOf(asked: Asked, view: View, receipt: Receipt, input: object): Answer {
  if (sameAsSent(receipt, asked.attempt)) return answerOf(receipt, { replayed: true });
  if (sameInNewestForm(receipt, fingerprintOf(asked, input))) {
    const { name } = receipt.status === 202 ? operations : asked.action.resource;
    return answerOf(receiptIn(view, receipt, name), { replayed: true });
  }
  throw new Problem('idempotency-key-reused', {
    detail:
      'this key already belongs to another request, or to another user; send a new request under a new key',
  });
}

/** What the action makes of what was read, all of it; undefined where its refusal held of no one moment. */
async function decide(
  asked: Asked,
  on: Omit<Decision, 'decided'>,
  { store, random, plan }: Surroundings,
): Promise<Plan | undefined> {
  const { action, actor, id } = asked;
  const { view, read, input, now } = on;
  const extended = await extensionOf(action)?.extend({ asked, view, read, input, store });
  const context = { id, input, actor, now: new Date(now).toISOString(), commit: random.commit() };
  try {
    if (extended?.refusal !== undefined) throw extended.refusal;
    const decided = applyDecision(action, read?.stored, context, extended);
    return plan(asked, { ...on, extended, decided }, random.commit);
  } catch (error) {
    if (extended !== undefined && !(await isOfOneMoment(asked, read, extended, store))) return undefined;
    throw read === undefined ? error : ruleProblem(action, view, read.stored, error);
  }
}

/** Whether what was read one after the other stood so at one moment: a refusal says what is true. */
async function isOfOneMoment({ pk }: Asked, read: Item | undefined, { items }: Extended, store: Store) {
  const all = new Map([[pk, read], ...items]);
  if (all.size === 1) return true;
  const together = await store.loadTogether?.(all);
  return together !== undefined && [...all.values()].every((each, i) => isSame(each, together[i]));
}

/** Why nothing was written. */
type NotWritten = Exclude<Written, { done: true }>;

/** Something that a decision was to be made on has moved while it was read. */
const MOVED: NotWritten = { done: false, refused: new Map() };

/**
 * The answer of what was stored with it, or why nothing was.
 * @throws Problem of what was to be written besides, as `idempotency-key-reused` where the key has started something before
 */
async function write(
  asked: Asked,
  plan: Plan,
  { request, deadline }: { readonly request: HttpRequest; readonly deadline: number },
  { store }: Surroundings,
): Promise<{ readonly answer: Answer } | NotWritten> {
  const { operation } = plan.event;
  if (operation !== undefined)
    Object.assign(request.logged, { operationId: operation, resource: asked.action.resource.name });
  const written = await store.write(plan, deadline);
  if (written.done) return { answer: answerOf(plan.receipt, { replayed: false }) };
  if (!('refused' in written)) return written;
  const { refused } = written;
  const refusals = plan.beside.flatMap(({ label, refusal }) =>
    refused.has(label) ? [refusal?.(refused.get(label))] : [],
  );
  const [refusal] = refusals;
  // Where something that it was decided on has moved as well, the refusal is of a decision that nobody makes any more.
  if (refusal === undefined || refusals.includes(undefined)) return written;
  throw refusal;
}

/**
 * What stands where nothing was written, and the receipt in it; no item for a create that still is none. Where something
 * beside the resource has moved, the resource may have as well.
 * @throws Problem `version-mismatch`, `not-found`
 */
async function standing(
  { action, pk, attempt }: Asked,
  written: NotWritten,
  on: { readonly view: View; readonly before: Item | undefined; readonly isSeen: boolean },
  { store, clock }: Surroundings,
): Promise<{ readonly read: Item | undefined; readonly receipt: Receipt | undefined }> {
  const read = 'standing' in written ? written.standing : await store.load(action.resource, pk);
  checkStands(action, read);
  const receipt = read && (await store.findReceipt(pk, read, attempt.key, clock.now()));
  if (read && !receipt && on.isSeen && !isSame(on.before, read))
    throw versionMismatch(action, on.view, read.stored);
  return { read, receipt };
}

/**
 * Another decision is made as long as there is time, after a while: others who want the same decide again, too, and at once
 * all of them would meet each time. One on other resources as well is made so often alone.
 * @throws Problem `temporarily-unavailable`
 */
async function betweenRounds(
  { action }: Asked,
  { round, deadline }: { readonly round: number; readonly deadline: number },
  { clock, random }: Surroundings,
): Promise<void> {
  const waitMs = fullJitterMs(ANOTHER_ROUND, round - 1, random.fraction());
  const isLast = action.with !== undefined && round === ROUNDS;
  if (isLast || clock.now() + waitMs + ROUND_MS > deadline) throw new Problem('temporarily-unavailable');
  await clock.wait(waitMs);
}

/**
 * There is something to act on: a create is the one action that needs nothing to be there. What a later release has erased is
 * there no more, and neither are the answers of requests before.
 * @throws Problem `not-found`
 */
function checkStands({ resource: { singular: resource }, from }: Action, item: Item | undefined): void {
  if (item === undefined ? from !== undefined : item.isErased) throw new Problem('not-found', { resource });
}
