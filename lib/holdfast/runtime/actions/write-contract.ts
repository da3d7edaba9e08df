import type { Context } from 'aws-lambda';
import { applyDecision } from '../../core/decisions/apply-decision.ts';
import { type Receipt, sameAsSent, sameInNewestForm } from '../../core/decisions/receipts.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Transition } from '../../core/definitions/representation.ts';
import { idParameter } from '../../core/definitions/routes.ts';
import { operations } from '../../core/operations/operations.ts';
import { Problem } from '../../core/problems/problem.ts';
import { checkState, checkVersion, ruleProblem, versionMismatch } from '../../core/requests/preconditions.ts';
import { readInput } from '../../core/requests/read-input.ts';
import { receiptIn, type View } from '../../core/requests/view.ts';
import { partitionKey } from '../../core/store/keys.ts';
import type { Item, Plan, Store, Written } from '../../core/store/store.ts';
import { isResourceId, resourceId } from '../../core/values/resource-id.ts';
import { type Asked, type Decision, fingerprintOf, planWrite } from '../../core/writes/plan-write.ts';
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
  readonly clock: { now(): number };
  /** Random characters for an ETag. */
  readonly newCommit: () => string;
}

/** How a request came. */
interface Sending {
  readonly request: HttpRequest;
  readonly context: Context;
  readonly transitions: readonly Transition[];
}

/** Of a function that is deployed. */
const DEPLOYED: Surroundings = { store: dynamodbStore, clock: Date, newCommit };

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
      tellOfDeprecation(),
      // 1. The token is valid, and carries the action's scope.
      authenticate(action.scope),
      // 2 and 3. The body is JSON by its type, not too large, and read strictly.
      jsonBody(),
      // 4. There is a key, and it is well-formed.
      idempotencyKey(),
    ],
    async (request, context) =>
      answered(askedBy(action, request), { request, context, transitions }, surroundings),
  );

async function answered(asked: Asked, sending: Sending, surroundings: Surroundings): Promise<Answer> {
  const { action, id, pk, attempt } = asked;
  const { store, clock } = surroundings;

  // 5. The resource exists in the caller's tenant. A create meets its own item, if it was made before.
  const item = isResourceId(action.resource.idPrefix, id) ? await store.load(pk) : undefined;
  if (item === undefined && action.from !== undefined) throw notFound(action);

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
  { store, clock, newCommit }: Surroundings,
): Promise<Answer> {
  const { action, pk, attempt } = asked;
  const deadline = deadlineMs(context);

  // 7. The API version is served, and the input is valid.
  const view = viewOf(request, transitions);
  const input = readInput(action, view.version, request.body);

  for (let [read, receipt] = [item, known]; ; ) {
    // 8. The key is known: the request means the same in its newest form, or is refused.
    if (receipt !== undefined) return replayOf(asked, view, receipt, input);

    // 9. The sender saw the version that stands, or need not have seen any.
    const version = read && versionSeen(action, view, request, read);

    // 10. The state permits the action.
    if (read !== undefined) checkState(action, view, read.stored);

    // 11. The action's own rules.
    const decision = decide(asked, { view, read, input, now: clock.now() }, newCommit());

    // 12. Effect, version and receipt, in one write on condition that what was read still stands.
    const plan = planWrite(asked, decision, newCommit);
    Object.assign(request.logged, startedBy(action, plan));
    const written = await store.write(plan, deadline);
    if (written.done) return answerOf(plan.receipt, { replayed: false });

    // The condition failed. That is read, not guessed: the item that stands there tells whose write it was.
    read = standing(action, written);
    receipt = await store.findReceipt(pk, read, attempt.key, clock.now());
    if (receipt === undefined && version !== 'any') throw versionMismatch(action, view, read.stored);
    if (clock.now() > deadline) throw new Problem('temporarily-unavailable');
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
  const actor = { id: caller.id, tenant: caller.tenant };
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

/** What the action makes of what was read; its refusal tells of the resource as it stands. */
function decide({ action, actor, id }: Asked, on: Omit<Decision, 'decided'>, commit: string): Decision {
  const { view, read, input, now } = on;
  const context = { id, input, actor, now: new Date(now).toISOString(), commit };
  try {
    return { ...on, decided: applyDecision(action, read?.stored, context) };
  } catch (error) {
    throw read === undefined ? error : ruleProblem(action, view, read.stored, error);
  }
}

/** What a line of the log tells of an operation that has been started. */
const startedBy = ({ resource }: Action, { event: { operation } }: Plan) =>
  operation === undefined ? {} : { operationId: operation, resource: resource.name };

/** What stands where a write was refused. */
function standing(action: Action, written: Exclude<Written, { done: true }>): Item {
  if ('taken' in written)
    throw new Problem('idempotency-key-reused', {
      detail: `this key has started something before that the ${action.resource.singular} knows nothing of (${written.taken}); send a new request under a new key`,
    });
  if (written.standing === undefined) throw notFound(action);
  return written.standing;
}

const notFound = ({ resource }: Action) => new Problem('not-found', { resource: resource.singular });
