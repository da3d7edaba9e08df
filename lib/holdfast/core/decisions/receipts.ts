import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** At most this many receipts stay in a resource's item: 16 deflate to about 1.5 kB, so the item costs two write units. */
export const MAX_RECEIPTS = 16;

/** Bytes that they may take: far from the 400 KB of an item, of which the resource needs its part. */
const MAX_BYTES = 100_000;

/** So many leave together, so that at most one write in fourteen takes a call more. */
const SPILL = 14;

const HOUR_MS = 3_600_000;

/** What `Idempotency-Expires` promises of every receipt but a create's. */
export const RECEIPT_LIFE_MS = 24 * HOUR_MS;

/** How long a spilled receipt is kept and looked for: the promise, and an hour for clocks that differ. */
export const SPILLED_LIFE_MS = 25 * HOUR_MS;

/** The answer that a write gave, kept with its effect. Members that this release does not know are carried along. */
export interface Receipt {
  /** {@link keyHash} of the Idempotency-Key. */
  readonly key: string;
  /** Fingerprint of the input as sent, in `apiVersion`, before defaults and coercions. */
  readonly sent: string;
  readonly apiVersion: string;
  /** The request named no version, and was taken to speak the stage's own. */
  readonly unnamed?: true;
  /** Fingerprint of the input in its newest form. @default sent */
  readonly newest?: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
  readonly status: number;
  readonly etag: string;
  /** Path from the API's base, with a leading slash. */
  readonly location?: string;
  /** The body exactly as sent, in `apiVersion`. */
  readonly body: string;
  /** The same in the version that was the newest by then, for whoever asks in another. @default the body as sent */
  readonly inNewest?: { readonly apiVersion: string; readonly body: string };
  /** Kept for the life of the resource: the receipt of its create. */
  readonly pinned?: true;
}

/** A request as a receipt identifies it. */
export interface Attempt {
  readonly key: string;
  readonly sent: string;
  readonly apiVersion: string;
  readonly unnamed?: true;
}

/** Of a list that a window of eight kilobytes holds: to get the memory for a larger one takes longer than to deflate it. */
const SMALL = { level: 9, windowBits: 13, memLevel: 7 };

/** Bodies of one resource repeat each other, so that one deflated list is far smaller than its parts (RFC 1951). */
export function encodeReceipts(receipts: readonly Receipt[]): Uint8Array {
  const bytes = Buffer.from(JSON.stringify(receipts));
  return deflateRawSync(bytes, bytes.length < 8_192 ? SMALL : { level: 9 });
}

/** The receipts of an item; none where it has none. */
export function decodeReceipts(bytes: Uint8Array | undefined): readonly Receipt[] {
  return bytes === undefined ? [] : JSON.parse(inflateRawSync(bytes).toString());
}

/** A receipt under the request's key. */
export const findReceipt = (receipts: readonly Receipt[], key: string): Receipt | undefined =>
  receipts.find((receipt) => receipt.key === key);

/**
 * The request came with these very bytes' meaning, in the same API version. One that names none is the same after the
 * stage's own version has moved, too.
 */
export function sameAsSent(receipt: Receipt, attempt: Attempt): boolean {
  const bothUnnamed = receipt.unnamed === true && attempt.unnamed === true;
  return receipt.sent === attempt.sent && (bothUnnamed || receipt.apiVersion === attempt.apiVersion);
}

/** The request means the same in the newest form of its input. */
export const sameInNewestForm = (receipt: Receipt, newest: string): boolean =>
  (receipt.newest ?? receipt.sent) === newest;

/** What becomes of an item's receipts when one more comes. */
export interface Room {
  readonly kept: readonly Receipt[];
  /** {@link encodeReceipts} of those kept. */
  readonly encoded: Uint8Array;
  readonly spilled: readonly Receipt[];
}

/**
 * Makes room for one more. Nothing younger than 24 hours is dropped: when the list is full, those that are older go,
 * or else the oldest fourteen are spilled; so are as many as it takes to stay small. A pinned receipt stays.
 */
export function addReceipt(receipts: readonly Receipt[], added: Receipt): Room {
  if (receipts.length < MAX_RECEIPTS) return shrunk([...receipts, added], []);
  const expired = receipts.filter((r) => !r.pinned && r.at + RECEIPT_LIFE_MS < added.at);
  const leaving = new Set(expired.length > 0 ? expired : receipts.filter((r) => !r.pinned).slice(0, SPILL));
  const kept = [...receipts.filter((r) => !leaving.has(r)), added];
  return shrunk(kept, expired.length > 0 ? [] : [...leaving]);
}

/** Spills further receipts, the oldest first, while those that are kept take too many bytes: bodies over 32 KB do. */
function shrunk(kept: readonly Receipt[], spilled: readonly Receipt[]): Room {
  const oldest = kept.slice(0, -1).find((receipt) => !receipt.pinned);
  const encoded = encodeReceipts(kept);
  if (oldest === undefined || encoded.length <= MAX_BYTES) return { kept, encoded, spilled };
  return shrunk(
    kept.filter((receipt) => receipt !== oldest),
    [...spilled, oldest],
  );
}
