import { checkedHeader } from './credentials.ts';

/** How a callback proves that it is the partner's. What it is signed with is in Secrets Manager. */
export type Verification = StandardWebhooks | Hmac;

/** `webhook-id`, `webhook-timestamp` and `webhook-signature`. @see https://www.standardwebhooks.com */
export interface StandardWebhooks {
  readonly kind: 'standard-webhooks';
}

/** HMAC-SHA256 in a header of the partner's own. */
export interface Hmac {
  readonly kind: 'hmac';
  /** Where the signature stands. */
  readonly header: string;
  readonly encoding: 'hex' | 'base64';
  /** Before the signature: `sha256=`. */
  readonly prefix: string;
  /** Header with the time of signing, in seconds since the epoch. @default a callback has no time, and none is too old */
  readonly timestamp?: string;
  /** What is signed: literal text with `{body}` in it, and `{timestamp}` where there is one. */
  readonly signed: string;
}

/** The kit's own choice, where the partner has none. */
export const standardWebhooks = (): StandardWebhooks => ({ kind: 'standard-webhooks' });

const count = (text: string, part: string) => text.split(part).length - 1;

/**
 * A partner's own scheme: `hmac({ header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' })`.
 * @param settings.prefix @default none
 * @param settings.timestamp @default none; a callback may then come again, and the first final outcome stands
 * @param settings.signed @default `{timestamp}.{body}`, and `{body}` without a timestamp
 * @throws Error that names the fault and the remedy; a timestamp that is not signed could be set by anybody
 */
export function hmac({
  header,
  encoding,
  prefix = '',
  timestamp,
  signed = timestamp === undefined ? '{body}' : '{timestamp}.{body}',
}: {
  header: string;
  encoding: Hmac['encoding'];
  prefix?: string;
  timestamp?: string;
  signed?: string;
}): Hmac {
  checkedHeader('hmac', header);
  if (timestamp !== undefined) checkedHeader('hmac', timestamp);
  if (timestamp?.toLowerCase() === header.toLowerCase())
    throw new Error(`hmac: '${header}' cannot hold both signature and timestamp; name two headers`);
  if (!/^[\x21-\x7e]*$/.test(prefix))
    throw new Error(`hmac: prefix ${JSON.stringify(prefix)} is not visible ASCII`);
  if (count(signed, '{body}') !== 1)
    throw new Error(`hmac: signed '${signed}' needs {body} once, since the body is what is verified`);
  const times = count(signed, '{timestamp}');
  if (timestamp !== undefined && times !== 1)
    throw new Error(
      `hmac: header '${timestamp}' is not signed by '${signed}', so anybody could set it; write {timestamp} once in signed, or leave timestamp out`,
    );
  if (timestamp === undefined && times > 0)
    throw new Error(`hmac: signed '${signed}' has {timestamp}, and no header holds it; name it by timestamp`);
  return { kind: 'hmac', header, encoding, prefix, signed, ...(timestamp !== undefined && { timestamp }) };
}
