import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { bearer } from '../../../lib/holdfast/core/partners/credentials.ts';
import * as registries from '../../../lib/holdfast/service/registry.ts';
import * as synthesis from '../../../lib/holdfast/synthesis/synthesize.ts';
import { type DeployedAccount, type StandingStack, serveAccount } from '../support/deployed-account.ts';
import { notesWith, titled } from './backfill/notes.ts';

/** What happens, in its order: what is printed, and what the CDK CLI is told to do. */
let told: string[] = [];
const print = (line: string) => void told.push(line);

/** What the CDK CLI does to the account. */
let carriedOut: (command: string) => void = () => undefined;
const cdk = async (command: string) => {
  told.push(`> cdk ${command}`);
  carriedOut(command);
};

const KEPT = { 'titled.title': 'the title, as it is' };

// The release that comes: the sample, with a rule of what is kept, an action that decides on more, and a partner with credentials.
const { resources, operations, ...others } = await registries.loadRegistry();
const notes = { definition: notesWith(titled), file: 'notes.ts', actions: [] };
const registry = {
  ...others,
  resources: [...resources, notes],
  operations: operations.map(({ definition, file }) => {
    const [first, ...rest] = definition.steps;
    const partner = { ...first?.partner, credentials: bearer() };
    return { file, definition: { ...definition, steps: [{ ...first, partner }, ...rest] } };
  }),
};
const { stacks, ...made } = await synthesis.synthesize({ stage: 'staging' });
const released = (more: object) =>
  stacks.map((stack): StackTemplate => {
    const { Metadata, ...template } = stack.template;
    const { holdfast } = Metadata ?? {};
    return holdfast === undefined
      ? stack
      : { ...stack, template: { ...template, Metadata: { holdfast: { ...holdfast, ...more } } } };
  });
const next = released({ decisions: { 'payouts.approve': { notes: 'reads' } }, rules: { notes: KEPT } });
const before = released({
  decisions: { 'payouts.approve': {} },
  rules: { notes: { ...KEPT, 'titled.gone': 'x' } },
});

jest.unstable_mockModule('../../../lib/holdfast/service/registry.ts', () => ({
  ...registries,
  loadRegistry: async () => registry,
}));
jest.unstable_mockModule('../../../lib/holdfast/synthesis/synthesize.ts', () => ({
  ...synthesis,
  synthesize: async () => ({ ...made, stacks: next }),
}));
jest.unstable_mockModule('../../../lib/holdfast/cli/deploy/cdk.ts', () => ({
  cdk,
  cdkDeploy: ({ stacks: names }: { readonly stacks: readonly string[] }) => cdk(`deploy ${names.join(' ')}`),
}));
const { deploy } = await import('../../../lib/holdfast/cli/deploy/deploy.ts');
const { backfillStage } = await import('../../../lib/holdfast/cli/backfill/backfill-stage.ts');
const { audit } = await import('../../../lib/holdfast/cli/audit/audit.ts');

const STATE = 'holdfast-staging-state';
const SERVICE = 'holdfast-staging-service';

/** Functions that start executions, which the end of a stage pauses. */
const startersIn = ({ Resources }: StackTemplate['template']) =>
  Object.entries(Resources).filter(([, { Metadata }]) =>
    /"name":"(dispatcher|sweep)"/.test(JSON.stringify(Metadata ?? {})),
  );

/** The stage's stacks of a release, as they stand. */
function standing(templates: readonly StackTemplate[], old: StackTemplate['template']['Resources'] = {}) {
  const of = (name: string) => {
    const found = templates.find((each) => each.name === name);
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found.template;
  };
  const state = of(STATE);
  const physical = (logicalId: string, type: string, physicalId: string) => ({
    ...{ logicalId, type, physicalId },
    status: 'CREATE_COMPLETE',
  });
  return {
    [STATE]: {
      template: { ...state, Resources: { ...state.Resources, ...old } },
      resources: [
        physical('RecordsTable', 'AWS::DynamoDB::GlobalTable', 'records'),
        ...Object.entries(old).map(([id, { Type }]) => physical(id, Type, 'the-old-one')),
      ],
    },
    [SERVICE]: {
      template: of(SERVICE),
      resources: startersIn(of(SERVICE)).map(([id, { Type }]) => physical(id, Type, id)),
      outputs: {
        ApiUrl: 'https://api.example/',
        HowToGetAToken: 'npm run token -- --stage staging',
      },
    },
  } satisfies Record<string, StandingStack>;
}

/** It stays in the account when a release gives it up. */
const OLD = { Old: { Type: 'AWS::SNS::Topic', DeletionPolicy: 'Retain' } };

const account: DeployedAccount = {
  stacks: {},
  executions: 1_000,
  unreserved: 1_000,
  paused: [],
  completed: {},
};
const environment = { ...process.env };
let close: () => void;
beforeAll(async () => {
  const served = await serveAccount(account);
  close = served.close;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: served.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
  });
});
afterAll(() => {
  process.env = environment;
  close();
});
beforeEach(() => {
  told = [];
  carriedOut = () => undefined;
  const recorded = { ...KEPT, 'titled.gone': 'x' };
  Object.assign(account, {
    ...{ executions: 1_000, unreserved: 1_000 },
    paused: [],
    stacks: { CDKToolkit: { template: { Resources: {} } }, ...standing(before, OLD) },
    completed: { 'backfills#notes': recorded },
  } satisfies DeployedAccount);
});

const toStaging = { verb: 'deploy', stage: 'staging' } as const;

describe('whoever deploys', () => {
  test('is told all that there is to know, each at its time', async () => {
    const { CDKToolkit: _, ...stage } = account.stacks;
    Object.assign(account, { stacks: stage, executions: 10, unreserved: 10 });
    carriedOut = (command) => {
      if (command === `deploy ${SERVICE}`)
        Object.assign(account, { stacks: standing(next, OLD), completed: {} });
    };

    await deploy(toStaging, print);

    expect(told).toEqual([
      expect.stringMatching(/^warning: the account may have 10 executions of functions at once/),
      'this account and region have not been bootstrapped for the CDK; bootstrapping',
      '> cdk bootstrap',
      expect.stringMatching(/^payouts\.approve reads notes from this release on, .* set canary: false/),
      'this release lacks titled.gone of notes: lists by that are refused from now on',
      '\ndeployment 1 of 2: the deployed service goes by Old: it changes first',
      `> cdk deploy ${SERVICE}`,
      '\ndeployment 2 of 2: then the state stack gives up Old',
      `> cdk deploy ${STATE}`,
      expect.stringMatching(/^AWS::SNS::Topic the-old-one stays in the account/),
      'account 123456789012, stage staging, table records with about 7 items: notes get what the deployed release keeps with each version',
      'looked at 0 items, and gave 0 of them what they lacked',
      'complete: titled.title of notes',
      '\nready https://api.example/\n\nTOKEN=$(npm run --silent token -- --stage staging)',
      'curl -i https://api.example/payouts -H "Authorization: Bearer $TOKEN"',
      expect.stringMatching(
        /^\ncommands to these partners wait until you put their credentials:\n.*screening/,
      ),
    ]);
  });

  test('is told of an account whose executions others have reserved', async () => {
    account.unreserved = 150;
    carriedOut = () => {
      throw new Error('enough');
    };

    await expect(deploy(toStaging, print)).rejects.toThrow('enough');

    expect(told[0]).toMatch(/^warning: the stage reserves 62 executions of functions/);
  });

  test('is told that lists are refused where what a release keeps cannot be completed', async () => {
    account.completed = {};

    await deploy(toStaging, print);

    expect(told).toContainEqual(
      expect.stringMatching(/^lists that are not complete are refused until npm run backfill/),
    );
  });

  test('is refused over a stack that does not stand, and nothing is deployed', async () => {
    const { [SERVICE]: service } = standing(before);
    account.stacks = { ...account.stacks, [SERVICE]: { ...service, status: 'UPDATE_IN_PROGRESS' } };

    await expect(deploy(toStaging, print)).rejects.toThrow(`stack ${SERVICE} is UPDATE_IN_PROGRESS`);

    expect(told).toEqual([]);
  });

  test('is refused what the release before does not read, and nothing is deployed', async () => {
    account.stacks = standing(released({ receipts: { read: 9, written: 9 } }));

    await expect(deploy(toStaging, print)).rejects.toThrow('receipts');

    expect(told.filter((line) => line.startsWith('> cdk deploy'))).toEqual([]);
  });

  test('has what an end of the stage has paused go on, before the release comes', async () => {
    account.paused = startersIn(standing(before)[SERVICE].template).map(([id]) => id);
    expect(account.paused).toHaveLength(2);
    carriedOut = (command) => void told.push(`${command} with ${account.paused?.length} paused`);

    await deploy(toStaging, print);

    expect(told).toContain(`deploy ${SERVICE} with 0 paused`);
  });

  test('is refused what insists on executions that the account has not, and nothing is deployed', async () => {
    account.unreserved = 150;

    await expect(deploy({ ...toStaging, settings: { reserve: true } }, print)).rejects.toThrow(
      'ask for more',
    );

    expect(told).toEqual([]);
  });
});

describe('whoever takes a stage away', () => {
  const dev = { verb: 'destroy', stage: 'dev' } as const;
  beforeEach(() => {
    account.stacks = { 'holdfast-dev-service': standing(before)[SERVICE] };
  });

  test('has what starts executions paused before the stacks go', async () => {
    carriedOut = () => void told.push(`${account.paused?.length} paused`);

    await deploy(dev, print);

    expect(told).toEqual(['> cdk destroy', '2 paused']);
  });

  test('is told which functions may be paused still, where they could not be made to go on', async () => {
    account.paused = undefined;

    await expect(deploy(dev, print)).rejects.toThrow('no');

    expect(told).toEqual([
      expect.stringMatching(/^dispatcher and sweep may be paused until the next deployment: /),
    ]);
  });

  test('is refused one that keeps its data', async () => {
    await expect(deploy({ ...dev, stage: 'staging' }, print)).rejects.toThrow('keeps its data');

    expect(told).toEqual([]);
  });
});

describe('whoever backfills a stage', () => {
  const asked = { stage: 'staging', rate: 100, yes: false };

  test('is told what would be done, and what does it', async () => {
    account.stacks = standing(next);

    await backfillStage(asked, print);

    expect(told).toEqual([
      expect.stringMatching(/^account 123456789012, stage staging, table records with about 7 items: notes /),
      'nothing is written without --yes: npm run backfill -- --stage staging --yes, at 100 writes a second',
    ]);
  });

  test('is refused where another release runs', async () => {
    await expect(backfillStage({ ...asked, yes: true }, print)).rejects.toThrow(
      'check the deployed release out',
    );
  });
});

test('whoever audits a stage is told of rules that do not hold yet, and how many records there are', async () => {
  account.completed = {};

  expect(await audit({ url: undefined, stage: 'staging', table: undefined }, {}, print)).toBe(0);

  expect(told).toEqual([
    'not yet enforced: titled.title of notes; npm run backfill gives what was there before what it lacks',
    '0 records of records: all fit',
  ]);
});
