import {
  IdempotencyItemAlreadyExistsError,
  IdempotencyItemNotFoundError,
  makeIdempotent,
} from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer, IdempotencyRecord } from '@aws-lambda-powertools/idempotency/persistence';
import type { Context } from 'aws-lambda';
import type { Receipt } from '../../core/decisions/receipts.ts';
import { type Answer, answerOf } from '../http/answer.ts';

/**
 * The answer that is known, or what is performed: by Powertools, which a request under a known key does not pass.
 * @param known the receipt under the request's key whose request is the same as sent
 */
export const replayed = (
  {
    key,
    known,
    context,
  }: { readonly key: string; readonly known: Receipt | undefined; readonly context: Context },
  perform: () => Promise<Answer>,
): Promise<Answer> =>
  makeIdempotent((_key: string, _context: Context) => perform(), {
    persistenceStore: new ReceiptPersistence(known),
  })(key, context);

/**
 * Powertools' idempotency over the receipts of the resource itself, made anew for each request. A known receipt is a
 * completed record; there is no record in progress, for a receipt is written with its effect by the wrapped function,
 * or not at all.
 */
class ReceiptPersistence extends BasePersistenceLayer {
  readonly #known: Receipt | undefined;

  constructor(known: Receipt | undefined) {
    super();
    this.#known = known;
  }

  /** The key is hashed already, and each request has a layer of its own. */
  protected override getHashedIdempotencyKey(key: unknown): string {
    return String(key);
  }

  protected override async _getRecord(idempotencyKey: string): Promise<IdempotencyRecord> {
    if (this.#known === undefined) throw new IdempotencyItemNotFoundError();
    return completed(idempotencyKey, this.#known);
  }

  protected override async _putRecord({ idempotencyKey }: IdempotencyRecord): Promise<void> {
    if (this.#known === undefined) return;
    throw new IdempotencyItemAlreadyExistsError('the key is known', completed(idempotencyKey, this.#known));
  }

  protected override async _updateRecord(): Promise<void> {
    // Nothing is left to store: the commit wrote the receipt.
  }

  protected override async _deleteRecord(): Promise<void> {
    // Nothing is left to delete: a refused request stored nothing.
  }
}

function completed(idempotencyKey: string, receipt: Receipt): IdempotencyRecord {
  return new IdempotencyRecord({
    idempotencyKey,
    status: 'COMPLETED',
    responseData: answerOf(receipt, { replayed: true }),
  });
}
