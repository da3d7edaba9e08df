import { describe, expect, test } from '@jest/globals';
import { executionsOf, reservations } from '../../lib/holdfast/cdk/functions/reserved-concurrency.ts';
import type { DeployedStack } from '../../lib/holdfast/cli/account/deployed.ts';
import { planReservations } from '../../lib/holdfast/cli/account/reserved-room.ts';
import { loadRegistry } from '../../lib/holdfast/service/registry.ts';
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

/** The service as it is deployed, with these executions reserved. */
const deployedWith = (reserved: number): DeployedStack => ({
  name: 'holdfast-dev-service',
  status: 'UPDATE_COMPLETE',
  resources: [],
  template: {
    Resources: {
      Dispatcher: {
        Type: 'AWS::Lambda::Function',
        Properties: reserved === 0 ? {} : { ReservedConcurrentExecutions: reserved },
      },
    },
  },
});

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

      expect(planReservations({ wanted, account, deployed: deployedWith(needed) })).toEqual({
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
      /has room for 0, .*--desired-value 1000, or take reserve: true out of the stage in lib\/service.ts$/,
    );
  });

  test('reserves nothing where the stage says so, whatever room there is', () => {
    expect(planReservations({ wanted, stated: false, account: fresh(1_000) })).toEqual({ reserve: false });
  });

  test.each([
    [0, false],
    [62, true],
  ])(
    'by someone who may not ask for the limits leaves %i reserved executions as they are',
    (reserved, reserve) => {
      expect(planReservations({ wanted, account: {}, deployed: deployedWith(reserved) })).toEqual({
        reserve,
      });
    },
  );
});
