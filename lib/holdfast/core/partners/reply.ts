import { isJsonMediaType } from '../values/media-type.ts';
import { type Json, parseJsonOfPartner } from '../values/strict-json.ts';

/** What one `request()` brought back. An adapter returns the one that tells what became of its command, as it is. */
export interface Reply {
  /** HTTP status; 0 where no whole answer came. */
  readonly status: number;
  readonly content: ReplyContent;
  /** The answer's JSON, where `content` is `json`. */
  readonly body?: Json;
  /** From `Retry-After` (RFC 9110 10.2.3), where it was given in seconds. */
  readonly retryAfterSeconds?: number;
}

/** What there is to read of a reply. */
export type ReplyContent =
  /** JSON that every reader reads the same. */
  | 'json'
  /** An answer in another media type, or without a body: it holds no word. */
  | 'other'
  /** Announced as JSON and no JSON, or too large, or encoded: what it says is not known. */
  | 'unreadable'
  /** Not one byte of the request was written: DNS, connection or TLS failed, or there were no credentials. */
  | 'unsent'
  /** The request was written, in part at least, and no whole answer came. */
  | 'unanswered';

/** An answer that came whole, or was too large to be read to its end. */
export interface HttpAnswer {
  readonly status: number;
  /** Header fields by their names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Uint8Array | 'too-large';
}

/** A longer wait is no advice on one command; the operation's own pace is better. */
const MAX_RETRY_AFTER_SECONDS = 3_600;

/** An answer as an adapter and its vocabulary see it. */
export function replyOf({ status, headers, bytes }: HttpAnswer): Reply {
  const { 'retry-after': retryAfter = '' } = headers;
  const seconds = /^\d{1,9}$/.test(retryAfter)
    ? { retryAfterSeconds: Math.min(Number(retryAfter), MAX_RETRY_AFTER_SECONDS) }
    : {};
  return { status, ...seconds, ...contentOf(headers, bytes) };
}

function contentOf(
  { 'content-type': type = '', 'content-encoding': encoding = 'identity' }: HttpAnswer['headers'],
  bytes: HttpAnswer['bytes'],
): Pick<Reply, 'content' | 'body'> {
  if (bytes === 'too-large') return { content: 'unreadable' };
  if (bytes.length === 0 || !isJsonMediaType(type)) return { content: 'other' };
  if (encoding.toLowerCase() !== 'identity') return { content: 'unreadable' };
  try {
    return { content: 'json', body: parseJsonOfPartner(bytes) };
  } catch {
    return { content: 'unreadable' };
  }
}
