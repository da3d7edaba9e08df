import { Problem } from '../../functions/core/problem.ts';
import { partnersOf, type Registry } from '../registry.ts';
import { json } from './answers.ts';
import type { RouteSpec } from './operation.ts';
import { pathParameter } from './parameters.ts';

const string = { type: 'string' };

const signed = (name: string, description: string) => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: string,
});

/** Where partners tell what became of a command; no route where none of them calls back. */
export function partnerRoutes(registry: Registry): readonly RouteSpec[] {
  const names = partnersOf(registry)
    .filter(({ callback }) => callback !== undefined)
    .map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      method: 'post',
      path: '/partners/{partner}/callbacks',
      operationId: 'partners.callback',
      tag: 'partners',
      summary: 'Tell what became of a command.',
      description:
        'No token: it is signed over the exact bytes, as Standard Webhooks says. It may come early, late, or more than once: it is answered with success when it is stored.',
      kind: 'open',
      parameters: [
        pathParameter('partner', { ...string, enum: names }, 'Who calls.'),
        signed('webhook-id', 'The same for every attempt at this message.'),
        signed('webhook-timestamp', 'Seconds since the epoch, within five minutes of now.'),
        signed('webhook-signature', '`v1,` and the HMAC-SHA256 over id, timestamp and body, in base64.'),
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
