import type { Attempt } from '../decisions/receipts.ts';
import type { Action, Actor } from '../definitions/define-action.ts';
import { fingerprint } from '../values/fingerprint.ts';

/** One request for one action: what it asks, and of which resource. */
export interface Asked {
  readonly action: Action;
  readonly actor: Actor;
  /** Of the resource; a create's is made of the request's key. */
  readonly id: string;
  /** Where the resource is kept. */
  readonly pk: string;
  readonly attempt: Attempt;
}

/** What a request is recognized by: who asks what of which resource, in this form of its input. */
export const fingerprintOf = (
  { action, actor, id }: Pick<Asked, 'action' | 'actor' | 'id'>,
  input: unknown,
): string =>
  fingerprint({
    action: `${action.resource.name}.${action.name}`,
    resourceId: id,
    actorId: actor.id,
    input,
  });
