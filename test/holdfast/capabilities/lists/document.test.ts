import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { clientText } from '../../../../lib/holdfast/cli/record/client.ts';
import { compareOperations } from '../../../../lib/holdfast/contract/compare/compare-operations.ts';
import { problemRows } from '../../../../lib/holdfast/core/operations/problem-rows.ts';
import { Problem } from '../../../../lib/holdfast/core/problems/problem.ts';
import { listPage } from '../../../../lib/holdfast/core/requests/listing.ts';
import { ApiVersions } from '../../../../lib/holdfast/core/versions/api-version.ts';
import {
  changeMembers,
  defineVersion,
  type ResourceChange,
} from '../../../../lib/holdfast/core/versions/define-version.ts';
import { resourceRoutes } from '../../../../lib/holdfast/openapi/routes/resource-routes.ts';
import { resourceIn } from '../../../../lib/holdfast/openapi/schemas/registry-in.ts';
import { checkVersions } from '../../../../lib/holdfast/service/check-versions.ts';
import { tasks } from '../../support/tasks.ts';
import { createTicket, ticket, tickets } from './desk.ts';

const registered = { definition: tickets, file: '', actions: [{ definition: createTicket, file: '' }] };

const routeOf = (name: string, resource: Parameters<typeof resourceRoutes>[0] = registered) =>
  resourceRoutes(resource).find(({ operationId }) => operationId.endsWith(`.${name}`));

/** Parameters of a query in the document of a resource's list, by their names. */
const parametersOf = (resource: Parameters<typeof resourceRoutes>[0]) =>
  Object.fromEntries((routeOf('list', resource)?.parameters ?? []).map(({ name, ...each }) => [name, each]));

const codesOf = (name: string) => (routeOf(name)?.problems ?? []).map(({ code }) => code);

describe('the document', () => {
  test('has a parameter for each member that a list is by, with the values that the member may have', () => {
    const parameters = parametersOf(registered);

    expect(parameters.customerId).toMatchObject({
      in: 'query',
      required: false,
      schema: { type: 'string', maxLength: 40 },
    });
    expect(parameters.urgent).toMatchObject({ schema: { type: 'boolean' } });
    expect(parameters.state).toMatchObject({ schema: { enum: ['open', 'answered'] } });
    expect(parameters.from).toMatchObject({ description: expect.stringContaining('dueDate') });
    expect(Object.keys(parameters)).toEqual(expect.arrayContaining(['rank', 'to']));
  });

  test('tells which lists there are, and not which index each is in', () => {
    expect(routeOf('list')?.lists).toMatchObject({
      byCustomerAndState: { by: ['customerId', 'state'], order: 'createdAt', first: 'highest' },
      overdue: { by: ['customerId', 'urgent'], order: 'dueDate', first: 'lowest' },
    });
    expect(JSON.stringify(routeOf('list')?.lists)).not.toContain('slot');
    expect(routeOf('list')?.description).toContain('by exactly customerId; or by customerId and state;');
  });

  test('says that a list may be refused until it is complete, where there is one, and of no other route', () => {
    expect(codesOf('list')).toContain('list-not-ready');
    expect([codesOf('get'), codesOf('history'), codesOf('create')].flat()).not.toContain('list-not-ready');
    expect(problemRows([tickets]).get('list-not-ready')).toMatchObject({ status: 503 });
    expect(problemRows([tasks]).has('list-not-ready')).toBe(false);
  });

  test('is as it was for a resource without lists', () => {
    const { lists, parameters, description } =
      routeOf('list', { definition: tasks, file: '', actions: [] }) ?? {};

    expect({ lists, count: parameters?.length, description }).toEqual({
      lists: undefined,
      count: 4,
      description: 'By an index that is about a second behind.',
    });
  });
});

describe('the contract', () => {
  const by = (members: readonly string[], order = 'createdAt') => ({ by: members, order, first: 'highest' });
  const gate = (before: object, after: object) =>
    compareOperations({ 'x-holdfast-lists': before }, { 'x-holdfast-lists': after }).map(
      ({ breaking, id }) => [breaking, id],
    );

  test('breaks where a list is gone or is in another order, and not where one comes or is called otherwise', () => {
    const two = { a: by(['customerId']), b: by(['customerId', 'state']) };

    expect(gate(two, { a: by(['customerId']) })).toEqual([[true, 'list by customerId and state is gone']]);
    expect(gate(two, { ...two, a: by(['customerId'], 'dueDate') })).toEqual([
      [true, 'list by customerId: dueDate, highest first'],
    ]);
    expect(gate({ a: by(['customerId']) }, two)).toEqual([[false, 'list by customerId and state is new']]);
    expect(gate(two, { other: two.a, b: by(['state', 'customerId']) })).toEqual([]);
  });

  test('is typed in the recorded client: what a list is asked by has the type of the member', async () => {
    const text = await clientText({ resources: [registered], operations: [], versions: [] });

    expect(text).toMatch(/customerId\?: string;\s+rank\?: number;|rank\?: number;/);
    expect(text).toMatch(/urgent\?: boolean;/);
    expect(text).toMatch(/'list-not-ready'/);
  });
});

describe('an older version, in which a member that lists are by had another name', () => {
  const change = (filters?: ResourceChange['filters']) =>
    defineVersion({
      version: '2026-05-01',
      summary: 'A customer was a buyer.',
      deprecated: '2026-11-01',
      sunset: '2027-11-01',
      changes: {
        tickets: {
          representation: changeMembers({
            older: z.object({ buyer: z.string() }),
            newer: z.object({ customerId: z.string() }),
            up: ({ buyer }) => ({ customerId: buyer }),
            down: ({ customerId }) => ({ buyer: customerId }),
          }),
          ...(filters && { filters }),
        },
      },
    });
  const mapped = change({ buyer: 'customerId' });
  const version = new ApiVersions([mapped], '2026-11-01').of('2026-05-01');
  if (version === undefined) throw new Error('there is no version');

  const checked = (definition: typeof mapped) => () =>
    checkVersions([{ definition, file: 'functions/versions/2026-05-01.ts' }], [createTicket], [tickets]);

  test('is refused until it says what its clients ask by', () => {
    expect(checked(change())).toThrow(
      "changes 'customerId' of 'tickets', which a list is by, and does not say what its clients ask by; add filters: { OLDER: 'customerId' }",
    );
    expect(checked(mapped)).not.toThrow();
  });

  test.each(['from', 'state', 'rank'])(
    "is refused where it calls a member '%s', which asks for something else",
    (name) => {
      expect(checked(change({ [name]: 'customerId' }))).toThrow(
        `filters of 'tickets' call 'customerId' '${name}', which asks for something else; give it a name of its own`,
      );
    },
  );

  test('is refused where it names what no list is by', () => {
    expect(checked(change({ buyer: 'customerId', place: 'seat' }))).toThrow(
      /filters of 'tickets' lead to 'seat', which no list is by; choose from customerId, /,
    );
  });

  test('is served the same list under its own name, and told of its own names alone', () => {
    const asked = (name: string) => () =>
      listPage(tickets, { tenant: 'acme', query: { [name]: ['cu_1'] }, version });

    const page = asked('buyer')();

    expect(page?.list).toBe(page?.placeOf(ticket({}))?.list);
    let refusal: unknown;
    try {
      asked('customerId')();
    } catch (error) {
      refusal = Problem.from(error).occurrence.errors;
    }
    expect(refusal).toEqual([
      { parameter: 'customerId', detail: expect.stringMatching(/is not a parameter; use buyer, state/) },
    ]);
  });

  test('has a document with its own name', () => {
    const parameters = parametersOf(resourceIn(version, registered));

    expect(parameters.buyer).toMatchObject({ schema: { type: 'string' } });
    expect(parameters).not.toHaveProperty('customerId');
  });
});
