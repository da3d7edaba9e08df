import { expect, test } from '@jest/globals';
import {
  APPROVE,
  type Breaking,
  type Compatible,
  changesBy,
  drop,
  member,
  ONE,
  operation,
  type Plot,
  push,
  schema,
  set,
} from './plant.ts';

const BREAKING: readonly Breaking[] = [
  [
    'F2: another security scheme under the same name',
    ({ components }) =>
      set(components.securitySchemes as never, { bearer: { type: 'apiKey', in: 'header', name: 'X-Key' } }),
    'access by bearer: type was "http", and is "apiKey"',
    'more that was made for access by bearer as before may not work: type was "http", and is "apiKey"',
  ],
  [
    'F2: another HTTP authentication scheme',
    ({ components }) => set(components.securitySchemes.bearer, { scheme: 'basic' }),
    'access by bearer: scheme was "bearer", and is "basic"',
    'scheme was "bearer", and is "basic"',
  ],
  [
    'F2: a security scheme in place of another',
    (parts) => {
      set(parts.components.securitySchemes as never, {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
      });
      set(operation(parts, ONE, 'get'), { security: [{ key: [] }] });
    },
    'access: bearer payouts:read is gone',
    `a client of GET ${ONE} with bearer payouts:read alone is refused: it needs key now`,
  ],
  [
    'F2: a second scheme that is needed besides',
    (parts) => {
      const one = operation(parts, ONE, 'get');
      set(one, {
        security: (one.security as unknown as object[]).map((way) => ({ ...way, key: [] })),
      });
    },
    'access: bearer payouts:read is gone',
    'with bearer payouts:read alone is refused: it needs bearer payouts:read with key or bearer payouts:* with key now',
  ],
  [
    'F2: a scope that is needed besides',
    (parts) => set(operation(parts, ONE, 'get'), { security: [{ bearer: ['payouts:read', 'x'] }] }),
    'access: bearer payouts:read is gone',
    'with bearer payouts:read alone is refused: it needs bearer payouts:read x now',
  ],
  [
    'F2: a token that is needed where none was',
    (parts) => set(operation(parts, '/health', 'get'), { security: [{ bearer: [] }] }),
    'access: bearer',
    'a client of GET /health without a token is refused: it needs bearer now',
  ],
  [
    'F2: a token that the whole document asks for, where an operation says nothing',
    (parts) => {
      drop(operation(parts, '/health', 'get'), 'security');
      parts.security = [{ bearer: [] }];
    },
    'access: bearer',
    'a client of GET /health without a token is refused: it needs bearer now',
  ],
  [
    'F2: another server',
    (parts) => {
      parts.servers = [{ url: 'https://api.example.com/v2' }];
    },
    'server .: it is gone',
    'that calls . finds no service there: it is gone',
  ],
  [
    'F2: another server of one operation',
    (parts) => set(operation(parts, ONE, 'get'), { servers: [{ url: 'https://b.example.com' }] }),
    'server .: it is gone',
    `a client of GET ${ONE} that calls . finds no service there: it is gone`,
  ],
  [
    'F2: a server with a variable that it did not have',
    (parts) => set(parts.servers[0] as never, { variables: { region: { default: 'eu' } } }),
    'server .: variables was not there, and is {"region":{"default":"eu"}}',
    'more that was made for server . as before may not work',
  ],
  [
    'F2: another style of a parameter',
    (parts) => set(operation(parts, '/payouts', 'get').parameters?.[0], { style: 'deepObject' }),
    'query state: style was "form", and is "deepObject"',
    'a client of GET /payouts that was made for query state as before may not work',
  ],
  [
    'F2: a parameter that is not exploded any more',
    (parts) => set(operation(parts, '/payouts', 'get').parameters?.[0], { explode: false }),
    'query state: explode was true, and is false',
    'explode was true, and is false',
  ],
  [
    'F2: a parameter that is JSON now',
    (parts) =>
      set(operation(parts, '/payouts', 'get').parameters?.[0], { content: { 'application/json': {} } }),
    'query state: content was not there, and is {"application/json":{}}',
    'may not work: content was not there',
  ],
  [
    'F2: a parameter in another place',
    (parts) => set(operation(parts, '/payouts', 'get').parameters?.[0], { in: 'header' }),
    'query state: it is gone',
    'a client of GET /payouts that sends query state has no effect by it, or is refused: it is gone',
  ],
  [
    'F2: a parameter of a path that is new and required for all of its operations',
    ({ paths }) =>
      set(paths[ONE] as never, {
        parameters: [{ name: 'X-Region', in: 'header', required: true, schema: {} }],
      }),
    'header X-Region: it is new and required',
    `a client of GET ${ONE} that sends no header X-Region is refused: it is required now`,
  ],
  [
    'F2: a media type of a body that is gone',
    (parts) => {
      const { content } = operation(parts, APPROVE).requestBody as Plot;
      set(content, { 'text/plain': content?.['application/json'] });
      drop(content, 'application/json');
    },
    'body: application/json is gone',
    `a client of POST ${APPROVE} that sends application/json is refused: it is not taken any more`,
  ],
  [
    'F2: a media type of an answer that is gone',
    (parts) => {
      const content = operation(parts, ONE, 'get').responses?.['200']?.content;
      set(content, { 'text/csv': content?.['application/json'] });
      drop(content, 'application/json');
    },
    '200: application/json is gone',
    `a client of GET ${ONE} that reads application/json is answered something else`,
  ],
  [
    'F2: a header of an answer that is written in another way',
    ({ components }) => set(Object.values(components.headers)[0], { explode: true }),
    'header ETag of 200: explode was false, and is true',
    'may not work: explode was false, and is true',
  ],
  [
    'F2: an answer that may be null',
    (parts) => set(member(parts, 'Payout', 'reference'), { type: ['string', 'null'] }),
    'response /reference: it was string, and is string or null',
    'reads /reference as before meets what it does not know',
  ],
  [
    'F2: an answer that may be null, as OpenAPI 3.0 says it',
    (parts) => set(member(parts, 'Payout', 'reference'), { nullable: true }),
    'response /reference: it was string, and is string or null',
    'reads /reference as before meets what it does not know',
  ],
  [
    'F2: another default of an input',
    ({ components }) => set(components.parameters.Limit?.schema, { default: 5 }),
    'query limit: default was 25, and is 5',
    'that sends query limit as before is refused: default was 25, and is 5',
  ],
  [
    'F2: a member of an input that is read only now',
    (parts) => set(member(parts, 'CreatePayout', 'reference'), { readOnly: true }),
    'request /reference: readOnly is true now',
    'a client of POST /payouts that sends /reference as before is refused: readOnly is true now',
  ],
  [
    'F2: a list of values in an answer that is open now',
    (parts) => set(member(parts, 'Payout', 'state'), { 'x-open-enum': true }),
    'response /state: its list of values is open now',
    'reads /state as before meets what it does not know: its list of values is open now',
  ],
  [
    'F2: callbacks that are new, and any other keyword that nobody has thought of',
    (parts) => set(operation(parts, ONE, 'get'), { callbacks: { done: {} } }),
    'operation: callbacks was not there, and is {"done":{}}',
    `a client of GET ${ONE} that was made for operation as before may not work`,
  ],
  [
    'F2: webhooks of the document',
    (parts) => set(parts as never, { webhooks: { paid: {} } }),
    'document: webhooks was not there, and is {"paid":{}}',
    'a client of every route that was made for document as before may not work',
  ],
];

const COMPATIBLE: readonly Compatible[] = [
  [
    'F2: a scope that is not needed any more',
    (parts) => {
      const { security } = operation(parts, ONE, 'get');
      push(security, { bearer: [] });
    },
    'access: bearer is new',
  ],
  [
    'F2: the same scopes in another order, and a hint for people',
    (parts) => {
      const one = operation(parts, ONE, 'get');
      set(one, { security: (one.security as unknown as object[]).toReversed() });
      set(parts.components.securitySchemes.bearer, { bearerFormat: 'opaque', description: 'x' });
      push(parts.servers as never, { url: 'https://b.example.com' });
    },
    'server https://b.example.com: it is new',
  ],
  [
    'F2: a route that needs no token any more',
    (parts) => push(operation(parts, ONE, 'get').security, {}),
    'access: open now',
  ],
  [
    'F2: a style, a server and a default of security that say what held before',
    (parts) => {
      set(operation(parts, '/payouts', 'get').parameters?.[0], { style: 'form', explode: true });
      set(operation(parts, ONE, 'get'), { servers: [{ url: './' }] });
      parts.security = [{ bearer: ['x'] }];
      set(schema(parts, 'CreatePayout').properties, { channel: { type: 'string' } });
    },
    'request /channel: it is new',
  ],
];

test.each(BREAKING)('the gate calls %s breaking, and says who breaks and how', (_, plant, id, sentence) => {
  const breaking = changesBy(plant).filter((change) => change.breaking);

  expect(breaking.map((change) => change.id)).toContain(id);
  expect(breaking.find((change) => change.id === id)?.sentence).toContain(sentence);
});

test.each(COMPATIBLE)('the gate calls %s compatible', (_, plant, id) => {
  const changes = changesBy(plant);

  expect(changes.filter((change) => change.breaking)).toEqual([]);
  expect(changes.map((change) => change.id)).toContainEqual(expect.stringContaining(id));
});
