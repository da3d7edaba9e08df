import { describe, expect, test } from '@jest/globals';
import { compareDocuments } from '../../../lib/holdfast/contract/compare/compare-documents.ts';
import { withoutProse } from '../../../lib/holdfast/contract/document/document.ts';
import type { Node } from '../../../lib/holdfast/openapi/schemas/node.ts';
import {
  APPROVE,
  type Breaking,
  type Compatible,
  changesBy,
  document,
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

const BREAKING: readonly Breaking[] = [
  [
    'a path that is gone',
    ({ paths }) => delete paths[APPROVE],
    `POST ${APPROVE}: it is gone`,
    `a client of POST ${APPROVE} finds no such route: it is gone`,
  ],
  [
    'a method that is gone',
    ({ paths }) => delete paths['/payouts']?.get,
    'GET /payouts: it is gone',
    'a client of GET /payouts finds no such route: it is gone',
  ],
  [
    'a parameter that is new and required',
    (parts) =>
      push(operation(parts, ONE, 'get').parameters, {
        name: 'view',
        in: 'query',
        required: true,
        schema: {},
      }),
    'query view: it is new and required',
    `a client of GET ${ONE} that sends no query view is refused: it is required now`,
  ],
  [
    'a parameter that is gone',
    (parts) => set(operation(parts, '/payouts', 'get'), { parameters: [] }),
    'query state: it is gone',
    'a client of GET /payouts that sends query state has no effect by it, or is refused: it is gone',
  ],
  [
    'a precondition that is required now',
    (parts) =>
      push(operation(parts, '/operations/{operationId}/cancel').parameters, {
        $ref: '#/components/parameters/IfMatch',
      }),
    'header If-Match: it is new and required',
    'a client of POST /operations/{operationId}/cancel that sends no header If-Match is refused: it is required now',
  ],
  [
    'a precondition that is not asked for any more',
    (parts) => {
      const approve = operation(parts, APPROVE);
      const kept = (approve.parameters as unknown as { $ref?: string }[]).filter(
        ({ $ref = '' }) => !$ref.endsWith('IfMatch'),
      );
      set(approve, { parameters: kept });
    },
    'header If-Match: it is gone',
    `a client of POST ${APPROVE} that sends header If-Match has no effect by it, or is refused: it is gone`,
  ],
  [
    'a limit of a parameter that is lower',
    ({ components }) => set(components.parameters.Limit?.schema, { maximum: 50 }),
    'query limit: maximum was 100, and is 50',
    'GET /operations that sends query limit as before is refused: maximum was 100, and is 50',
  ],
  [
    'a member of an input that is new and required',
    (parts) => {
      set(schema(parts, 'CreatePayout').properties, { channel: { type: 'string' } });
      push(schema(parts, 'CreatePayout').required, 'channel');
    },
    'request /channel: it is new and required',
    'a client of POST /payouts that sends /channel as before is refused: it is new and required',
  ],
  [
    'a member of an input that is required now',
    (parts) => set(schema(parts, 'ApprovePayout'), { required: ['note'] }),
    'request /note: it is required now',
    `a client of POST ${APPROVE} that sends /note as before is refused: it is required now`,
  ],
  [
    'a member of an input that is gone, where no others are taken',
    (parts) => drop(schema(parts, 'ApprovePayout').properties, 'note'),
    'request /note: it is gone',
    `a client of POST ${APPROVE} that sends /note as before is refused: it is gone`,
  ],
  [
    'an input that is shorter at most',
    (parts) => set(member(parts, 'CreatePayout', 'reference'), { maxLength: 70 }),
    'request /reference: maxLength was 140, and is 70',
    'a client of POST /payouts that sends /reference as before is refused: maxLength was 140, and is 70',
  ],
  [
    'a value of an input that is gone',
    (parts) => {
      const outcome = member(parts, 'ResolveOperation', 'outcome');
      outcome.enum = without(outcome.enum, 'retry') as never;
    },
    'request /outcome: value "retry" is gone',
    'a client of POST /operations/{operationId}/resolve that sends /outcome as before is refused: value "retry" is gone',
  ],
  [
    'a member of an answer that is gone',
    (parts) => drop(schema(parts, 'Payout').properties, 'reference'),
    'response /reference: it is gone',
    'more that reads /reference as before meets what it does not know: it is gone',
  ],
  [
    'a member of an answer that may be missing now',
    (parts) =>
      set(schema(parts, 'Payout'), { required: without(schema(parts, 'Payout').required, 'amount') }),
    'response /amount: it may be missing now',
    'reads /amount as before meets what it does not know: it may be missing now',
  ],
  [
    'a member of an answer that is of another type',
    (parts) => set(member(parts, 'Payout', 'reference'), { type: 'integer' }),
    'response /reference: it was string, and is integer',
    'reads /reference as before meets what it does not know: it was string, and is integer',
  ],
  [
    'a value of an answer that is new',
    (parts) => push(member(parts, 'Payout', 'state').enum, 'on-hold'),
    'response /state: value "on-hold" is new',
    'reads /state as before meets what it does not know: value "on-hold" is new',
  ],
  [
    'a header that is gone',
    (parts) => drop(operation(parts, '/payouts').responses?.['201']?.headers, 'Location'),
    'header Location of 201: it is gone',
    'a client of POST /payouts that relies on Location with 201 does not find it: it is gone',
  ],
  [
    'a status of success in place of another',
    (parts) => {
      const { responses } = operation(parts, APPROVE);
      set(responses, { 202: responses?.['200'] });
      drop(responses, '200');
    },
    'status 202: it is new',
    `a client of POST ${APPROVE} may be answered 202, which it takes for what it is not`,
  ],
  [
    'a problem whose recovery is another',
    (parts) => set(member(parts, 'VersionMismatchProblem', 'recovery'), { const: 'stop' }),
    'problem version-mismatch /recovery: value "stop" is new',
    'reads /recovery as before meets what it does not know: value "stop" is new',
  ],
  [
    'a problem that is gone, and a scope that is needed in place of another',
    (parts) => {
      const approve = operation(parts, APPROVE);
      const content = approve.responses?.['403']?.content?.['application/problem+json'] as Plot;
      const { oneOf } = content.schema as Plot;
      set(content.schema, {
        oneOf: (oneOf as unknown as { $ref: string }[]).filter(
          ({ $ref }) => !$ref.includes('SeparationOfDuties'),
        ),
      });
      set(approve, { security: [{ bearer: ['payouts:decide'] }, { bearer: ['payouts:*'] }] });
    },
    'problem separation-of-duties: it is gone',
    `a client of POST ${APPROVE} that acts by the problem separation-of-duties is never answered it`,
  ],
];

const COMPATIBLE: readonly Compatible[] = [
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

describe('the contract gate', () => {
  test.each(BREAKING)('calls %s breaking, and says who breaks and how', (_, plant, id, sentence) => {
    const breaking = changesBy(plant).filter((change) => change.breaking);

    expect(breaking.map((change) => change.id)).toContain(id);
    expect(breaking.find((change) => change.id === id)?.sentence).toContain(sentence);
  });

  test.each(COMPATIBLE)('calls %s compatible', (_, plant, id) => {
    const changes = changesBy(plant);

    expect(changes.filter((change) => change.breaking)).toEqual([]);
    expect(changes.map((change) => change.id)).toContainEqual(expect.stringContaining(id));
  });

  test('finds no change where there is none, or in what is written for people', () => {
    const reworded = changesBy(({ info, paths }) => {
      info.description = 'x';
      set(paths['/payouts']?.post, { summary: 'x', description: 'x', deprecated: true });
    });

    expect(reworded).toEqual([]);
    expect(compareDocuments(document, withoutProse(document) as Node)).toEqual([]);
  });

  test('calls what it cannot tell breaking', () => {
    const other = changesBy((parts) => set(member(parts, 'CreatePayout', 'reference'), { pattern: '^x' }));
    const pattern = changesBy((parts) =>
      set((member(parts, 'CreatePayout', 'amount').properties as Plot).value, { pattern: '^1$' }),
    );

    expect([...other, ...pattern].map(({ breaking }) => breaking)).toEqual([true, true]);
  });

  test('calls an end that comes sooner breaking, and one that comes later not', () => {
    const ends = (sunset: string) => ({ ...document, info: { version: '2026-05-01', 'x-sunset': sunset } });

    const sooner = compareDocuments(ends('2027-11-01'), ends('2027-01-01'));
    const later = compareDocuments(ends('2027-11-01'), ends('2028-01-01'));

    expect(sooner).toMatchObject([
      {
        breaking: true,
        sentence: 'a client of version 2026-05-01 has until 2027-01-01, and had until 2027-11-01',
      },
    ]);
    expect(later).toMatchObject([{ breaking: false }]);
  });
});
