import { createHmac } from 'node:crypto';
import type { Verification } from '../../core/partners/verification.ts';

/** What is signed, and with what. */
export interface SignedCallback {
  /** One value, as the partner's secret holds it. */
  readonly secret: string;
  /** Of the message: the same for every attempt at it. Only Standard Webhooks tells it. */
  readonly id: string;
  readonly at: Date;
  /** The exact bytes; text is UTF-8. */
  readonly body: string | Uint8Array;
}

/** The headers that a partner signs a callback with. */
export function signCallback(
  verify: Verification,
  { secret, id, at, body }: SignedCallback,
): Record<string, string> {
  const seconds = String(Math.floor(at.getTime() / 1000));
  if (verify.kind === 'standard-webhooks') {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
    const signature = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64');
    return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
  }
  const { header, encoding, prefix, timestamp, signed } = verify;
  const [before = '', after = ''] = signed.replace('{timestamp}', seconds).split('{body}');
  const signature = createHmac('sha256', secret).update(before).update(body).update(after).digest(encoding);
  return {
    [header]: `${prefix}${signature}`,
    ...(timestamp !== undefined && { [timestamp]: seconds }),
  };
}
