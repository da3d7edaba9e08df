import type { Action } from '../core/define-action.ts';
import type { Transition } from '../core/representation.ts';
import { tellOfDeprecation } from './api-version.ts';
import { authenticate } from './authenticate.ts';
import { httpFunction } from './http-function.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { jsonBody } from './json-body.ts';
import { performAction } from './perform-action.ts';

/** One action, in the order of the write contract: each step's refusal comes before the next one's. */
export const actionFunction = (action: Action, transitions: readonly Transition[]) =>
  httpFunction(
    [tellOfDeprecation(), authenticate(action.scope), jsonBody(), idempotencyKey()],
    performAction(action, transitions),
  );
