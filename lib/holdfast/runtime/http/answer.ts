import { RECEIPT_LIFE_MS, type Receipt } from '../../core/decisions/receipts.ts';
import { RETRY_AFTER_SECONDS } from '../../core/operations/operations.ts';

/** What a function answers. A type and no interface, so that it is a JSON value to Powertools. */
export type Answer = {
  readonly status: number;
  /** Header fields besides those of every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Path from the API's base, with a leading slash; the base is put before it when it is sent. */
  readonly location?: string;
  readonly body: string;
};

/** A value that has been asked for, as JSON. @param headers besides its type */
export const json = (value: unknown, headers: Answer['headers'] = {}): Answer => ({
  status: 200,
  headers: { 'Content-Type': 'application/json', ...headers },
  body: JSON.stringify(value),
});

/** The answer that a receipt keeps: same status, bytes, ETag and Location whenever it is given. */
export function answerOf(receipt: Receipt, { replayed }: { replayed: boolean }): Answer {
  return {
    status: receipt.status,
    headers: {
      'Content-Type': 'application/json',
      ETag: receipt.etag,
      ...(receipt.status === 202 && { 'Retry-After': String(RETRY_AFTER_SECONDS) }),
      ...(!receipt.pinned && { 'Idempotency-Expires': new Date(receipt.at + RECEIPT_LIFE_MS).toUTCString() }),
      ...(replayed && { 'Idempotent-Replayed': 'true' }),
    },
    ...(receipt.location !== undefined && { location: receipt.location }),
    body: receipt.body,
  };
}
