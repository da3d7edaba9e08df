import {
  APPROVE,
  type Compatible,
  drop,
  member,
  ONE,
  operation,
  type Plot,
  push,
  schema,
  set,
  without,
} from './plant.ts';

/** Changes that no client feels. */
export const COMPATIBLE: readonly Compatible[] = [
  [
    'a path that is new',
    ({ paths }) => set(paths as never, { '/refunds': { get: { responses: {} } } }),
    'GET /refunds: it is new',
  ],
  [
    'a method that is new',
    ({ paths }) => set(paths[ONE] as never, { post: { responses: {} } }),
    `POST ${ONE}: it is new`,
  ],
  [
    'a parameter that is new and optional',
    (parts) => push(operation(parts, ONE, 'get').parameters, { name: 'view', in: 'query', schema: {} }),
    'query view: it is new',
  ],
  [
    'a parameter that is optional now',
    ({ components }) => set(components.parameters.IfMatch, { required: false }),
    'header If-Match: it is optional now',
  ],
  [
    'a limit of a parameter that is higher',
    ({ components }) => set(components.parameters.Limit?.schema, { maximum: 500 }),
    'query limit: maximum was 100, and is 500',
  ],
  [
    'a value of a filter that is new',
    (parts) => push(operation(parts, '/payouts', 'get').parameters?.[0]?.schema?.enum, 'on-hold'),
    'query state: value "on-hold" is new',
  ],
  [
    'a member of an input that is new and optional',
    (parts) =>
      set(schema(parts, 'CreatePayout').properties, { channel: { type: 'string', default: 'sepa' } }),
    'request /channel: it is new',
  ],
  [
    'a member of an input that is optional now',
    (parts) =>
      set(schema(parts, 'CreatePayout'), {
        required: without(schema(parts, 'CreatePayout').required, 'reference'),
      }),
    'request /reference: it may be missing now',
  ],
  [
    'an input that is longer at most',
    (parts) => set(member(parts, 'CreatePayout', 'reference'), { maxLength: 500 }),
    'request /reference: maxLength was 140, and is 500',
  ],
  [
    'an input that may be something else too',
    (parts) => set(member(parts, 'ApprovePayout', 'note'), { type: ['string', 'null'] }),
    'request /note: it was string, and is string or null',
  ],
  [
    'a value of an input that is new',
    (parts) => push(member(parts, 'ResolveOperation', 'outcome').enum, 'postponed'),
    'request /outcome: value "postponed" is new',
  ],
  [
    'a pattern of an input that is gone',
    (parts) => drop((member(parts, 'CreatePayout', 'amount').properties as Plot).value, 'pattern'),
    'request /amount/value: pattern is no longer',
  ],
  [
    'a member of an answer that is new',
    (parts) => {
      set(schema(parts, 'Payout').properties, { channel: { type: 'string' } });
      push(schema(parts, 'Payout').required, 'channel');
    },
    'response /channel: it is new and required',
  ],
  [
    'a member of an answer that is always there now',
    (parts) => push(schema(parts, 'Payout').required, 'note'),
    'response /note: it is required now',
  ],
  [
    'a value of an answer that is gone',
    (parts) =>
      set(member(parts, 'Payout', 'state'), {
        enum: without(member(parts, 'Payout', 'state').enum, 'returned'),
      }),
    'response /state: value "returned" is gone',
  ],
  [
    'a value that is new in a list that says it is open',
    (parts) => push(member(parts, 'Payout', 'allowedActions').items?.enum, 'set-aside'),
    'response /allowedActions/*: value "set-aside" is new',
  ],
  [
    'a header that is new',
    (parts) =>
      set(operation(parts, '/payouts').responses?.['201']?.headers, {
        'RateLimit-Limit': { schema: { type: 'integer' } },
      }),
    'header RateLimit-Limit of 201: it is new',
  ],
  [
    'a problem that is new, under a status that is new',
    (parts) => {
      set(parts.components.schemas as never, {
        HeldProblem: {
          type: 'object',
          properties: { code: { const: 'held' }, recovery: { const: 'refresh' } },
        },
      });
      set(operation(parts, APPROVE).responses, {
        423: {
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/HeldProblem' } } },
        },
      });
    },
    'problem held: it is new',
  ],
  [
    'a scope that is enough too',
    (parts) => push(operation(parts, APPROVE).security, { bearer: ['payouts:decide'] }),
    'access: bearer payouts:decide is new',
  ],
  [
    'an end that is announced, and another media type',
    (parts) => {
      set(parts.info as never, { 'x-sunset': '2028-01-01' });
      set(operation(parts, ONE, 'get').responses?.['200']?.content, {
        'text/csv': { schema: { type: 'string' } },
      });
    },
    'sunset: 2028-01-01',
  ],
];
