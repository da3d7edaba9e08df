import type { Action } from '../../core/definitions/define-action.ts';
import type { Transition } from '../../core/definitions/representation.ts';
import { tellOfDeprecation } from '../http/api-version.ts';
import { authenticate } from '../http/authenticate.ts';
import { httpFunction } from '../http/http-function.ts';
import { idempotencyKey } from '../http/idempotency-key.ts';
import { jsonBody } from '../http/json-body.ts';
import { performAction } from './perform-action.ts';

/** One action, in the order of the write contract: each step's refusal comes before the next one's. */
export const actionFunction = (action: Action, transitions: readonly Transition[]) =>
  httpFunction(
    [tellOfDeprecation(), authenticate(action.scope), jsonBody(), idempotencyKey()],
    performAction(action, transitions),
  );
