import registered from '@operations';
import { Webhook } from 'standardwebhooks';
import type { Partner, PartnerCallback } from '../core/define-partner.ts';
import { advance } from '../core/operation-machine.ts';
import { Problem } from '../core/problem.ts';
import type { Answer } from './answer.ts';
import { environment } from './environment.ts';
import { httpFunction } from './http-function.ts';
import type { HttpRequest } from './http-request.ts';
import { type Meeting, storeCallback } from './meeting.ts';
import { changeOperation } from './operation-store.ts';
import { readSecret } from './secret.ts';

/** A callback tells of one command; a larger body is none. */
const MAX_BYTES = 64 * 1024;

const partners = new Map(
  registered.flatMap(({ steps }) => steps.map(({ partner }) => [partner.name, partner] as const)),
);

/** ARN of each partner's secret, by the partner's name. */
const secrets = JSON.parse(environment('CALLBACK_SECRETS')) as Record<string, string>;

/**
 * `POST /partners/{partner}/callbacks`: stores what a partner tells, and resumes what waits for it. It is answered with
 * success when it is stored, however often it comes.
 */
export const handler = httpFunction([], async (request): Promise<Answer> => {
  const partner = partners.get(request.pathParameter('partner'));
  if (partner?.callback === undefined) throw new Problem('not-found', { resource: 'partner' });
  const { reference, outcome } = await verified(partner, request);
  Object.assign(request.logged, { partner: partner.name, reference });
  const meeting = await storeCallback(partner.name, reference, outcome);
  if (meeting === undefined)
    throw new Problem('not-found', { resource: 'command', detail: 'no command has this reference' });
  await take(meeting);
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{"received":true}' };
});

/** Reads a callback whose signature over the exact bytes is good (Standard Webhooks). */
async function verified(partner: Partner, request: HttpRequest): Promise<PartnerCallback> {
  const { bytes } = request;
  if (bytes.length > MAX_BYTES)
    throw new Problem('request-too-large', { detail: `at most ${MAX_BYTES} bytes` });
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature'];
  const headers = Object.fromEntries(names.map((name) => [name, request.header(name) ?? '']));
  const text = bytes.toString('utf8');
  // While one takes the place of the other, both are good.
  const values = await readSecret(secrets[partner.name] ?? '');
  if (!values.some((secret) => isSigned(secret, text, headers)))
    throw new Problem('unauthenticated', {
      detail: 'the signature is not valid, or its time is not within 5 minutes',
    });
  try {
    const callback = partner.callback?.(JSON.parse(text));
    if (callback !== undefined) return callback;
  } catch (cause) {
    throw new Problem('malformed-request', { detail: `this is no callback of ${partner.name}`, cause });
  }
  throw new Problem('malformed-request');
}

function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

/** The operation takes the outcome in, whatever its execution does at this time; what waits for it is woken. */
async function take({ operation: pk, command, outcome }: Meeting): Promise<void> {
  if (outcome === undefined) return;
  await changeOperation(pk, {
    what: 'callback',
    advance: ({ operation, progress }) => {
      const taken = advance(operation, progress, { type: 'report', ...command, outcome }, Date.now());
      // Nobody carries on what needs attention: what a callback has moved on needs an execution again.
      const resumed = progress.state === 'needs-attention' && taken.state !== progress.state;
      return resumed ? { ...taken, epoch: progress.epoch + 1 } : taken;
    },
  });
}
