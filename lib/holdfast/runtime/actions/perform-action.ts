import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import type { Context } from 'aws-lambda';
import { sameAsSent } from '../../core/decisions/receipts.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Transition } from '../../core/definitions/representation.ts';
import { deadlineMs } from '../aws/deadline.ts';
import type { Answer } from '../http/answer.ts';
import type { HttpRequest } from '../http/http-request.ts';
import { ActionWrite } from './action-write.ts';
import { ReceiptPersistence } from './receipt-persistence.ts';

/**
 * Steps 5 to 12 of the write contract, for one action. Step 6, the replay of a request that is the same as sent, is
 * Powertools'; whatever it lets pass is checked against the receipts again by the write itself.
 */
export function performAction(action: Action, transitions: readonly Transition[]) {
  return async (request: HttpRequest, context: Context): Promise<Answer> => {
    const write = new ActionWrite(action, transitions, request, deadlineMs(context));
    const item = await write.load();
    const known = item && (await write.lookUpReceipt(item));
    const perform = makeIdempotent((_key: string) => write.perform(item, known), {
      persistenceStore: new ReceiptPersistence(known && sameAsSent(known, write.attempt) ? known : undefined),
      config: new IdempotencyConfig({ lambdaContext: context }),
    });
    return perform(write.attempt.key);
  };
}
