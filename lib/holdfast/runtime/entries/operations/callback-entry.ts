import registered from '@operations';
import { isSigned } from '../../../core/partners/callback-signature.ts';
import type { Partner } from '../../../core/partners/define-partner.ts';
import { isFinalOutcome } from '../../../core/partners/outcome.ts';
import { type PartnerCallback, readCallback } from '../../../core/partners/read-callback.ts';
import { standardWebhooks } from '../../../core/partners/verification.ts';
import { Problem } from '../../../core/problems/problem.ts';
import { environmentJson } from '../../aws/environment.ts';
import { readSecret } from '../../aws/secret.ts';
import { json } from '../../http/answer.ts';
import { httpFunction } from '../../http/http-function.ts';
import type { HttpRequest } from '../../http/http-request.ts';
import { storeCallback } from '../../operations/meeting.ts';
import { reportContradiction, reportOutcome } from '../../operations/report-outcome.ts';
import { countUndeclared } from '../../partners/undeclared.ts';

/** A callback tells of one command; a larger body is none. */
const MAX_BYTES = 64 * 1024;

const partners = new Map(
  registered.flatMap(({ steps }) => steps.map(({ partner }) => [partner.name, partner] as const)),
);

/**
 * A signature that no known secret has made has a partner's secrets read again, since one may just have been rotated; at
 * most this often, since anybody can send one.
 */
const AGAIN_MS = 1_000;

const readAgainAt = new Map<string, number>();

/** Name or ARN of each partner's secret, by the partner's name. */
const secrets = environmentJson<Record<string, string>>('CALLBACK_SECRETS');

/**
 * `POST /partners/{partner}/callbacks`: stores what a partner tells, and resumes what waits for it. It is answered with
 * success when it is stored, however often it comes.
 */
export const handler = httpFunction([], async (request) => {
  const partner = partners.get(request.pathParameter('partner'));
  if (partner?.callback === undefined) throw new Problem('not-found', { resource: 'partner' });
  const callback = await verified(partner, request);
  countUndeclared(partner, 'callback', callback, 200);
  const { reference, outcome } = callback;
  Object.assign(request.logged, { partner: partner.name, reference });
  const meeting = await storeCallback(partner.name, reference, outcome);
  if (meeting === undefined)
    throw new Problem('not-found', { resource: 'command', detail: 'no command has this reference' });
  const { operation, command, outcome: first = outcome } = meeting;
  // The first final outcome stands; it is reported again with each callback, whatever became of the report before.
  await reportOutcome(operation, 'callback', command, first);
  if (isFinalOutcome(outcome) && outcome.kind !== first.kind)
    await reportContradiction(operation, command, outcome);
  return json({ received: true });
});

/** Reads a callback whose signature over the exact bytes is good. */
async function verified(partner: Partner, request: HttpRequest): Promise<PartnerCallback> {
  const { bytes } = request;
  if (bytes.length > MAX_BYTES)
    throw new Problem('request-too-large', { detail: `at most ${MAX_BYTES} bytes` });
  if (!(await isVerified(partner, request)))
    throw new Problem('unauthenticated', {
      detail: 'the signature is not valid, or its time is not within 5 minutes',
    });
  try {
    return readCallback(partner, bytes);
  } catch (cause) {
    throw new Problem('malformed-request', { detail: `this is not a callback of ${partner.name}`, cause });
  }
}

async function isVerified({ name, verify = standardWebhooks() }: Partner, request: HttpRequest) {
  const callback = { headers: (field: string) => request.headers(field), body: request.bytes };
  const isBySome = (values: readonly string[]) => isSigned(verify, callback, values, Date.now());
  if (isBySome(await secretsOf(name))) return true;
  const now = Date.now();
  if (now - (readAgainAt.get(name) ?? 0) < AGAIN_MS) return false;
  readAgainAt.set(name, now);
  return isBySome(await secretsOf(name, 0));
}

/**
 * Every value that a partner's callbacks may be signed with: of the version in use and of the one before it, each of
 * which may hold several, separated by white space.
 * @throws Problem `temporarily-unavailable`
 */
async function secretsOf(partner: string, maxAgeMs?: number): Promise<readonly string[]> {
  const id = secrets[partner] ?? '';
  try {
    const versions = await Promise.all([
      readSecret(id, 'AWSCURRENT', maxAgeMs),
      readSecret(id, 'AWSPREVIOUS', maxAgeMs),
    ]);
    return versions.flatMap((version) => version?.split(/\s+/) ?? []);
  } catch (cause) {
    throw new Problem('temporarily-unavailable', { cause });
  }
}
