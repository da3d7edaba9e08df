import type { Partner } from '../../core/partners/define-partner.ts';
import { standardWebhooks, type Verification } from '../../core/partners/verification.ts';
import { Problem } from '../../core/problems/problem.ts';
import { partnersOf, type Registry } from '../../service/registry.ts';
import { json } from '../schemas/answers.ts';
import type { RouteSpec } from './operation.ts';
import { pathParameter } from './parameters.ts';

const string = { type: 'string' };

/** A header that a scheme needs, and what it holds. */
interface SignatureHeader {
  readonly name: string;
  readonly description: string;
}

const TIME = 'Seconds since the epoch, within five minutes of now.';

/** The headers of a scheme. */
function headersOf(verify: Verification): readonly SignatureHeader[] {
  if (verify.kind === 'standard-webhooks') {
    return [
      { name: 'webhook-id', description: 'The same for every attempt at this message.' },
      { name: 'webhook-timestamp', description: TIME },
      {
        name: 'webhook-signature',
        description: '`v1,` and the HMAC-SHA256 over id, timestamp and body, in base64.',
      },
    ];
  }
  const { header, encoding, prefix, timestamp, signed } = verify;
  const before = prefix === '' ? 'The' : `\`${prefix}\` and the`;
  return [
    { name: header, description: `${before} HMAC-SHA256 over \`${signed}\`, in ${NAMES[encoding]}.` },
    ...(timestamp === undefined ? [] : [{ name: timestamp, description: TIME }]),
  ];
}

const NAMES = { hex: 'hexadecimal', base64: 'base64' };

/** A scheme in one sentence. */
const schemeOf = (verify: Verification): string =>
  verify.kind === 'standard-webhooks'
    ? 'as Standard Webhooks says'
    : `by HMAC-SHA256 in ${headersOf(verify)
        .map(({ name }) => `\`${name}\``)
        .join(' and ')}`;

/** A partner that calls back. */
interface Caller {
  readonly name: string;
  readonly verify: Verification;
}

const callersOf = (registry: Registry): readonly Caller[] =>
  partnersOf(registry)
    .filter(({ callback }) => callback !== undefined)
    .map(({ name, verify = standardWebhooks() }: Partner) => ({ name, verify }));

/** Every header of every caller's scheme, once; one that not all of them send is described by whose it is. */
function signatureParameters(callers: readonly Caller[]) {
  const headers = callers.flatMap(({ name: caller, verify }) =>
    headersOf(verify).map((header) => ({ ...header, caller })),
  );
  const byName = Object.values(Object.groupBy(headers, ({ name }) => name.toLowerCase()));
  return byName.map((same = []) => {
    const required = same.length === callers.length;
    const descriptions = Object.values(Object.groupBy(same, ({ description }) => description));
    const described = descriptions.map((those = []) => {
      const whose = those.map(({ caller }) => caller).join(', ');
      return those.length === callers.length
        ? those[0]?.description
        : `Of ${whose}: ${those[0]?.description}`;
    });
    return { name: same[0]?.name, in: 'header', required, description: described.join(' '), schema: string };
  });
}

/** How callbacks are signed: in one sentence where all of them are signed alike. */
function signedHow(callers: readonly Caller[]): string {
  const byScheme = Object.entries(Object.groupBy(callers, ({ verify }) => schemeOf(verify)));
  const [only] = byScheme;
  if (byScheme.length === 1 && only !== undefined) return `it is signed over the exact bytes, ${only[0]}`;
  const each = byScheme.map(
    ([scheme, those = []]) => `${scheme} (${those.map(({ name }) => name).join(', ')})`,
  );
  return `it is signed over the exact bytes, ${each.join(', or ')}`;
}

/** Where partners tell what became of a command; no route where none of them calls back. */
export function partnerRoutes(registry: Registry): readonly RouteSpec[] {
  const callers = callersOf(registry);
  if (callers.length === 0) return [];
  const names = callers.map(({ name }) => name);
  return [
    {
      method: 'post',
      path: '/partners/{partner}/callbacks',
      operationId: 'partners.callback',
      tag: 'partners',
      summary: 'Tell what became of a command.',
      description: `No token: ${signedHow(callers)}. It may come early, late, or more than once: it is answered with success when it is stored.`,
      kind: 'open',
      parameters: [
        pathParameter('partner', { ...string, enum: names }, 'Who calls.'),
        ...signatureParameters(callers),
      ],
      body: { type: 'object', description: "In the partner's own form; 64 KB at most." },
      responses: {
        200: json('It is stored.', {
          type: 'object',
          properties: { received: { const: true } },
          required: ['received'],
        }),
      },
      problems: [
        new Problem('not-found', { resource: 'command' }),
        new Problem('request-too-large'),
        new Problem('unauthenticated', {
          detail: 'the signature is not valid, or its time is not within 5 minutes',
        }),
      ],
    },
  ];
}
