import { describe, expect, test } from '@jest/globals';
import { executionsOf, reservations } from '../../../lib/holdfast/cdk/functions/reserved-concurrency.ts';
import type { DeployedStack } from '../../../lib/holdfast/cli/account/deployed.ts';
import { planReservations } from '../../../lib/holdfast/cli/account/reserved-room.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { ofType, type Resources, synthesizeStage } from '../support/templates.ts';

const wanted = reservations(await loadRegistry());
const needed = executionsOf(wanted);

/** Executions that functions of a template have for themselves, by the function's name. */
const reservedIn = (resources: Resources) =>
  Object.fromEntries(
    ofType(resources, 'AWS::Lambda::Function').flatMap(([, { Properties, Metadata }]) =>
      Properties.ReservedConcurrentExecutions === undefined
        ? []
        : [[Metadata?.holdfast?.name, Properties.ReservedConcurrentExecutions]],
    ),
  );

/** Name of the function that a property refers to, be it by itself or by its alias. */
const functionOf = (resources: Resources, target: unknown): string | undefined => {
  const { Ref, 'Fn::GetAtt': [attributeOf] = [] } = target as { Ref?: string; 'Fn::GetAtt'?: string[] };
  const { Metadata, Properties } = resources[Ref ?? attributeOf ?? ''] ?? {};
  if (Properties?.FunctionName !== undefined && Metadata?.holdfast === undefined)
    return functionOf(resources, Properties.FunctionName);
  return Metadata?.holdfast?.name;
};

/** As `npm run deploy` has it where the account has room. */
const RESERVING = { settings: { reserve: true } };

describe('reserved executions', () => {
  test.each(['acceptance', 'dev', 'staging', 'production'])(
    'in stage %s belong to the functions of the table, and to no other',
    async (stage) => {
      const { service } = await synthesizeStage(stage, RESERVING);

      const table = wanted.map(({ name, executions }) => [name, executions]);
      expect(reservedIn(service)).toEqual(Object.fromEntries(table));
    },
  );

  test('belong to no function that a client can call, so that no tenant fills them by requests', async () => {
    const { service } = await synthesizeStage('production', RESERVING);

    const called = ofType(service, 'AWS::Lambda::Alias').map(([, { Properties }]) =>
      functionOf(service, Properties.FunctionName),
    );

    expect(called).toEqual(expect.arrayContaining(['authorizer', 'callback', 'payouts-create']));
    expect(wanted.filter(({ name }) => called.includes(name))).toEqual([]);
  });

  test('of the consumer of a queue are as many as its queue hands it at once', async () => {
    const { service } = await synthesizeStage('production', RESERVING);

    const reserved = reservedIn(service);
    const consumers = ofType(service, 'AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => ({
        most: (Properties.ScalingConfig as { MaximumConcurrency?: number } | undefined)?.MaximumConcurrency,
        name: functionOf(service, Properties.FunctionName) ?? '',
      }))
      .filter(({ name }) => name.startsWith('partner-'));

    expect(consumers.length).toBeGreaterThan(0);
    expect(consumers.map(({ name }) => reserved[name])).toEqual(consumers.map(({ most }) => most));
  });

  test.each([
    ['in a stage that says so', { settings: { reserve: false } }],
    // As `cdk deploy` by itself, which has to succeed in a new account too.
    ['where nobody has read the account', {}],
  ])('are none %s', async (_, options) => {
    const { service } = await synthesizeStage('production', options);

    expect(reservedIn(service)).toEqual({});
  });

  test('are none in a service without operations', async () => {
    const registry = await loadRegistry();

    expect(reservations({ ...registry, operations: [] })).toEqual([]);
  });
});

/** The service as it is deployed, with these executions reserved for functions of these names. */
const deployedWith = (reserved: Readonly<Record<string, number>>): DeployedStack => ({
  name: 'holdfast-dev-service',
  status: 'UPDATE_COMPLETE',
  resources: [],
  template: {
    Resources: Object.fromEntries(
      ['get', ...Object.keys(reserved)].map((name) => [
        `Function${name}`,
        {
          Type: 'AWS::Lambda::Function',
          Properties: name in reserved ? { ReservedConcurrentExecutions: reserved[name] } : {},
          Metadata: { holdfast: { name } },
        },
      ]),
    ),
  },
});

/** What this service wants, as it is deployed. */
const asWanted = Object.fromEntries(wanted.map(({ name, executions }) => [name, executions]));

/** A release that wants these instead. */
const wanting = (executions: Readonly<Record<string, number>>) =>
  Object.entries(executions).map(([name, each]) => ({ name, executions: each, why: 'a test wants it' }));

/** An account with a limit of which nothing is reserved. */
const fresh = (executions: number) => ({ executions, unreserved: executions });

describe('a deployment', () => {
  test.each([
    [10, false],
    [100, false],
    [99 + needed, false],
    [100 + needed, true],
    [1_000, true],
  ])('to an account with %i executions comes; it reserves: %p', (executions, reserve) => {
    expect(planReservations({ wanted, account: fresh(executions) })).toMatchObject({ reserve });
  });

  test.each([100 + needed, 1_000])(
    'to an account with %i executions reserves the second time as the first',
    (executions) => {
      const account = { executions, unreserved: executions - needed };

      expect(planReservations({ wanted, account, deployed: deployedWith(asWanted) })).toEqual({
        reserve: true,
      });
    },
  );

  test('warns of an account whose executions others have reserved, with what is needed and how to ask for it', () => {
    const { reserve, warning } = planReservations({
      wanted,
      account: { executions: 1_000, unreserved: 150 },
    });

    expect(reserve).toBe(false);
    expect(warning).toMatch(
      /^warning: the stage reserves 62 executions .*dispatcher 10, operate 40, sweep 2,.* has room for 50,.*--desired-value 1012$/,
    );
  });

  test('is refused where the stage insists on executions that the account has not', () => {
    const { refusal } = planReservations({ wanted, stated: true, account: fresh(10) });

    expect(refusal).toMatch(
      /has room for 0, .*--desired-value 1000, or set reserve: false for the stage in lib\/service.ts$/,
    );
  });

  test('that adds a partner is refused where the account has no room for it, so that no reservation is lost', () => {
    const account = { executions: 165, unreserved: 165 - needed };
    const added = wanting({ ...asWanted, 'partner-fx': 10 });

    expect(planReservations({ wanted: added, account, deployed: deployedWith(asWanted) })).toEqual({
      reserve: true,
      refusal: expect.stringMatching(
        /^the stage reserves 72 executions .* has room for 65,.*--desired-value 1000, or set reserve: false for the stage in lib\/service.ts$/,
      ),
    });
  });

  test('that adds a partner gives all reservations up where the stage says so', () => {
    const account = { executions: 165, unreserved: 165 - needed };
    const added = wanting({ ...asWanted, 'partner-fx': 10 });

    expect(
      planReservations({ wanted: added, stated: false, account, deployed: deployedWith(asWanted) }),
    ).toEqual({ reserve: false });
  });

  test.each<[string, Record<string, number>, Record<string, number>, boolean]>([
    ['renames a partner', { operate: 40, 'partner-bank': 5 }, { operate: 40, 'partner-sepa': 5 }, false],
    ['moves executions to another function', { operate: 40, sweep: 2 }, { operate: 37, sweep: 5 }, false],
    ['drops a partner', { operate: 40, 'partner-bank': 5 }, { operate: 40 }, true],
    ['adds what there is room for', { operate: 40 }, { operate: 40, sweep: 2 }, true],
  ])('that %s has room for what is reserved while it is under way', (_, before, after, comes) => {
    const own = executionsOf(wanting(before));
    const account = { executions: 102 + own, unreserved: 102 };

    const { reserve, refusal } = planReservations({
      wanted: wanting(after),
      account,
      deployed: deployedWith(before),
    });

    expect(reserve).toBe(true);
    expect(refusal === undefined).toBe(comes);
  });

  test('that renames a partner says that the old function keeps its executions until the update ends', () => {
    const { refusal } = planReservations({
      wanted: wanting({ 'partner-sepa': 5 }),
      account: { executions: 105, unreserved: 100 },
      deployed: deployedWith({ 'partner-bank': 5 }),
    });

    expect(refusal).toContain('has room for 0, because Lambda leaves 100 to functions without a reservation');
    expect(refusal).toContain('5 that are reserved now may be free only when the update ends');
  });

  test('reserves nothing where the stage says so, whatever room there is', () => {
    expect(planReservations({ wanted, stated: false, account: fresh(1_000) })).toEqual({ reserve: false });
  });

  test.each([
    [{}, false],
    [asWanted, true],
  ])(
    'by someone who may not ask for the limits leaves the reserved executions %j as they are',
    (reserved, reserve) => {
      expect(planReservations({ wanted, account: {}, deployed: deployedWith(reserved) })).toEqual({
        reserve,
      });
    },
  );
});
