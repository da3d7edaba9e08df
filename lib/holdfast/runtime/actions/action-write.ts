import { applyDecision, type Decided, type DecisionContext } from '../../core/decisions/apply-decision.ts';
import { type Attempt, type Receipt, sameAsSent, sameInNewestForm } from '../../core/decisions/receipts.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import {
  representation,
  type StoredResource,
  type Transition,
} from '../../core/definitions/representation.ts';
import { idParameter, resourceLocation } from '../../core/definitions/routes.ts';
import { operationRepresentation, operations } from '../../core/operations/operations.ts';
import { Problem } from '../../core/problems/problem.ts';
import { checkState, checkVersion, ruleProblem, versionMismatch } from '../../core/requests/preconditions.ts';
import { readInput } from '../../core/requests/read-input.ts';
import { receiptIn, tagOf, type View } from '../../core/requests/view.ts';
import { listKey, partitionKey } from '../../core/store/keys.ts';
import { fingerprint } from '../../core/values/fingerprint.ts';
import { resourceId } from '../../core/values/resource-id.ts';
import { NEWEST_SHAPES } from '../../core/versions/api-version.ts';
import { shownIn } from '../../core/versions/version-shapes.ts';
import { type Answer, answerOf } from '../http/answer.ts';
import { namedVersion, viewOf } from '../http/api-version.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { acceptOperation, stillDue } from '../operations/operation-item.ts';
import { commit, newRecord } from '../records/commit.ts';
import type { Item } from '../records/item.ts';
import { loadItem, requireItem } from '../records/records.ts';
import { lookUpReceipt } from '../records/spilled-receipts.ts';
import { newCommit } from '../records/update-expression.ts';

/** One request for one action: what it asks, and how it comes about. */
export class ActionWrite {
  readonly attempt: Attempt;
  readonly #action: Action;
  readonly #transitions: readonly Transition[];
  readonly #request: HttpRequest;
  readonly #deadlineMs: number;
  readonly #id: string;
  readonly #pk: string;

  constructor(action: Action, transitions: readonly Transition[], request: HttpRequest, deadlineMs: number) {
    const { resource, from } = action;
    const { tenant } = request.caller;
    const key = request.idempotencyKey;
    this.#action = action;
    this.#transitions = transitions;
    this.#request = request;
    this.#deadlineMs = deadlineMs;
    this.#id =
      from === undefined
        ? resourceId(resource.idPrefix, tenant, resource.name, key)
        : request.pathParameter(idParameter(resource));
    this.#pk = partitionKey(resource, tenant, this.#id);
    this.attempt = {
      key,
      sent: this.#fingerprint(request.body),
      ...namedVersion(request),
    };
    Object.assign(request.logged, { resourceId: this.#id, key });
  }

  /**
   * Step 5. A create meets its own item if it was made before.
   * @throws Problem `not-found`, `temporarily-unavailable`
   */
  load(): Promise<Item | undefined> {
    const { resource, from } = this.#action;
    return from === undefined
      ? loadItem(this.#pk)
      : requireItem(resource, this.#request.caller.tenant, this.#id);
  }

  /** The receipt under the request's key, whatever request it came with. */
  lookUpReceipt(item: Item): Promise<Receipt | undefined> {
    return lookUpReceipt(this.#pk, item, this.attempt.key, Date.now());
  }

  /** Steps 7 to 12, on the item and the receipt that were found. */
  async perform(item: Item | undefined, known: Receipt | undefined): Promise<Answer> {
    const view = viewOf(this.#request, this.#transitions);
    const input = readInput(this.#action, view.version, this.#request.body);
    let read = item;
    let receipt = known;
    for (;;) {
      if (receipt !== undefined) return this.#replay(view, receipt, input);
      const version = read && this.#checkVersion(view, read.stored);
      const written = await this.#commit(view, read, input);
      if ('answer' in written) return written.answer;
      // The condition failed. That is read, not guessed: the item that stands there tells whose write it was.
      read = written.standing;
      receipt = await this.lookUpReceipt(read);
      if (receipt === undefined && version !== 'any') throw versionMismatch(this.#action, view, read.stored);
      if (Date.now() > this.#deadlineMs) throw new Problem('temporarily-unavailable');
    }
  }

  /** Step 8. A known key answers the same request in its newest form, and refuses any other. */
  #replay(view: View, receipt: Receipt, input: Record<string, unknown>): Answer {
    if (sameAsSent(receipt, this.attempt)) return answerOf(receipt, { replayed: true });
    if (sameInNewestForm(receipt, this.#fingerprint(input))) {
      const { name } = receipt.status === 202 ? operations : this.#action.resource;
      return answerOf(receiptIn(view, receipt, name), { replayed: true });
    }
    throw new Problem('idempotency-key-reused', {
      detail:
        'this key already belongs to another request, or to another user; send a new request under a new key',
    });
  }

  #checkVersion(view: View, stored: StoredResource): 'seen' | 'any' {
    if (this.#action.versionless) return 'any';
    return checkVersion(this.#action, view, this.#request.header('If-Match'), stored);
  }

  /** Steps 10 to 12: the answer, or what stands in the way of the commit. */
  async #commit(
    view: View,
    read: Item | undefined,
    input: Record<string, unknown>,
  ): Promise<{ readonly answer: Answer } | { readonly standing: Item }> {
    if (read !== undefined) checkState(this.#action, view, read.stored);
    const { id: actor, tenant } = this.#request.caller;
    const now = new Date();
    const commitTag = newCommit();
    const context = {
      id: this.#id,
      input,
      actor: { id: actor, tenant },
      now: now.toISOString(),
      commit: commitTag,
    };
    const decided = this.#decide(view, read, context);
    const operation = read && this.#accept(read, now.getTime());
    const changes = { ...decided.changes, ...operation?.member };
    const receipt = this.#receipt(view, decided.next, operation?.stored, input, now);
    const event = {
      action: this.#action.name,
      actor,
      key: this.attempt.key,
      ...(read !== undefined && { from: read.stored.state }),
      to: decided.next.state,
      version: decided.next.version,
      ...(operation && { operation: operation.stored.id }),
      ...this.#action.tells?.(input),
    };
    const list = listKey(this.#action.resource, tenant);
    const together =
      operation?.together ?? (this.#action.resource === operations && stillDue(this.#id, now.getTime()));
    const writing = { pk: this.#pk, list, read, decided: { ...decided, changes }, receipt, event };
    const committed = await commit({ ...writing, ...(together && { together }) }, this.#deadlineMs);
    if (committed.done) return { answer: answerOf(receipt, { replayed: false }) };
    if ('taken' in committed) {
      throw new Problem('idempotency-key-reused', {
        detail: `this key has started something before that the ${this.#action.resource.singular} knows nothing of (${committed.taken}); send a new request under a new key`,
      });
    }
    if (committed.standing !== undefined) return { standing: committed.standing };
    throw new Problem('not-found', { resource: this.#action.resource.singular });
  }

  #decide(view: View, read: Item | undefined, context: DecisionContext): Decided {
    try {
      return applyDecision(this.#action, read?.stored, context);
    } catch (error) {
      throw read === undefined ? error : ruleProblem(this.#action, view, read.stored, error);
    }
  }

  /** The operation that the action starts, if it starts one: an item that commits with the resource's move. */
  #accept(read: Item, now: number) {
    const { operation, resource } = this.#action;
    if (operation === undefined) return undefined;
    const { tenant, id: actor } = this.#request.caller;
    const ordinal = read.operations + 1;
    // A domain of its own, which no client's key reaches; with the ordinal, a key that has expired starts another one.
    const seed = `\u0000${this.#pk}#${ordinal}#${this.attempt.key}`;
    const id = resourceId(operations.idPrefix, tenant, operations.name, seed);
    const { stored, item } = acceptOperation({
      action: { ...this.#action, operation },
      tenant,
      actor,
      key: this.attempt.key,
      id,
      resourceId: this.#id,
      ordinal,
      version: read.stored.version + 1,
      now,
      commit: newCommit(),
    });
    Object.assign(this.#request.logged, { operationId: id, resource: resource.name });
    return {
      stored,
      member: { operation: { id, href: resourceLocation(operations, id) } },
      together: {
        attributes: { operations: ordinal },
        items: [{ label: 'operation', write: { Put: newRecord(item) } }],
      },
    };
  }

  #receipt(
    view: View,
    next: StoredResource,
    operation: StoredResource | undefined,
    input: Record<string, unknown>,
    now: Date,
  ): Receipt {
    const { resource, from } = this.#action;
    const newest = this.#fingerprint(input);
    const accepted = operation ?? (resource === operations ? next : undefined);
    const create = from === undefined;
    const location = accepted
      ? resourceLocation(operations, accepted.id)
      : resourceLocation(resource, this.#id);
    const shown = accepted
      ? operationRepresentation(accepted)
      : representation(resource, this.#transitions, next);
    const subject = accepted ? operations : resource;
    const inNewest = JSON.stringify(shown);
    const body = JSON.stringify(shownIn(subject.name, shown, NEWEST_SHAPES, view.version));
    return {
      ...this.attempt,
      ...(newest !== this.attempt.sent && { newest }),
      at: now.getTime(),
      status: accepted ? 202 : create ? 201 : 200,
      etag: tagOf(view, next),
      ...((accepted || create) && { location }),
      ...(create && { pinned: true }),
      body,
      ...(body !== inNewest && { inNewest: { apiVersion: view.versions.newest.date, body: inNewest } }),
    };
  }

  #fingerprint(input: unknown): string {
    const { resource, name } = this.#action;
    const actorId = this.#request.caller.id;
    return fingerprint({ action: `${resource.name}.${name}`, resourceId: this.#id, actorId, input });
  }
}
