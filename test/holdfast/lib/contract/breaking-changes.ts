import {
  APPROVE,
  type Breaking,
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

/** Changes that break a client: what is done to the document, the id of the change, and what is said of it. */
export const BREAKING: readonly Breaking[] = [
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
