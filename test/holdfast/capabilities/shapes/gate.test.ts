import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { frozenPart } from '../../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import { releaseMetadata } from '../../../../lib/holdfast/cdk/templates/release-metadata.ts';
import type { DeployedStack } from '../../../../lib/holdfast/cli/account/deployed.ts';
import { releaseRefusals } from '../../../../lib/holdfast/cli/deploy/release-refusals.ts';
import { gateChanges } from '../../../../lib/holdfast/contract/gate.ts';
import { defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';
import { openApiDocument } from '../../../../lib/holdfast/openapi/document.ts';
import { stageConfig } from '../../../../lib/holdfast/service/config.ts';
import { first, priced, type Release, reading, writing } from './releases.ts';

const registryOf = ({
  tickets,
  create,
  pass,
  annotate,
}: Pick<Release, 'tickets' | 'create' | 'pass' | 'annotate'>) => ({
  operations: [],
  versions: [],
  resources: [
    {
      definition: tickets,
      file: 'functions/actions/tickets/resource.ts',
      actions: [create, pass, annotate].map((definition) => ({ definition, file: `${definition.name}.ts` })),
    },
  ],
});

/** What is held against the next release of a release, from what its template says. */
const releaseOf = (release: Release) => {
  const holdfast = releaseMetadata({ prefix: 'x', apiVersion: '2026-11-01' }, registryOf(release));
  return frozenPart([{ name: 'x-service', template: { Resources: {}, Metadata: { holdfast } } }], {});
};

describe('a deployment', () => {
  test('may read a shape before it writes it, write it next, and go back by one', () => {
    const allowed = [
      [first, reading],
      [reading, writing],
      [writing, reading],
      [writing, priced],
    ] as const;

    expect(allowed.map(([before, after]) => refusals(releaseOf(before), releaseOf(after)))).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  test('that writes what the one before does not read is refused', () => {
    expect(refusals(releaseOf(first), releaseOf(writing))).toEqual([
      'tickets would be kept in shape 2, and the release before reads up to 1; set writes: 1 in the shapes of tickets, with a downgrade, deploy that everywhere, then set it back to 2',
    ]);
  });

  test('that goes back past what is kept is refused', () => {
    expect(refusals(releaseOf(writing), releaseOf(first))).toEqual([
      'tickets are kept in shape 2, and this release would read up to 1: nobody could use them; set reads: 2 in the shapes of tickets, or deploy a release that has it',
    ]);
  });

  test('is the first of its stage whatever it writes', () => {
    expect(refusals(frozenPart([], {}), releaseOf(writing))).toEqual([]);
  });
});

/** What Step Functions tells of the definitions that its executions began with. */
let begun: readonly string[] = [];
let server: Server;
let client: SFNClient;
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request
      .on('data', (chunk) => (body += chunk))
      .on('end', () => {
        const { executionArn = '0' } = JSON.parse(body);
        const answer: Record<string, object> = {
          DescribeStateMachine: { definition: 'now' },
          ListExecutions: { executions: begun.map((_, i) => ({ executionArn: String(i) })) },
          DescribeStateMachineForExecution: { definition: begun[Number(executionArn)] },
        };
        const asked = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
        response
          .writeHead(200, { 'content-type': 'application/x-amz-json-1.0' })
          .end(JSON.stringify(answer[asked]));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  client = new SFNClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
});
afterAll(async () => {
  client.destroy();
  await new Promise((resolve) => server.close(resolve));
});

describe('a release that writes a newer shape', () => {
  const stack: DeployedStack = {
    name: 'x-service',
    status: 'UPDATE_COMPLETE',
    template: { Resources: {} },
    resources: [
      {
        logicalId: 'Machine',
        physicalId: 'arn:aws:states:eu-central-1:000000000000:stateMachine:x-dev-ship',
        type: 'AWS::StepFunctions::StateMachine',
        status: 'CREATE_COMPLETE',
      },
    ],
  };
  /** All that `npm run deploy` has against it. */
  const reasons = (before: Release, after: Release) =>
    releaseRefusals(
      {
        ...{ stage: 'dev', config: stageConfig('dev'), registry: registryOf(after), deployed: [stack] },
        ...{ before: releaseOf(before), after: releaseOf(after), accepted: [], today: '2026-11-30' },
      },
      { stepFunctions: client, environment: {} },
    );

  test('waits for executions that began before the release that reads it', async () => {
    begun = ['now', 'before'];

    expect(await reasons(reading, writing)).toEqual([
      'this release would write tickets in shape 2, and executions of x-dev-ship run that began with an older release, which may not read that; deploy again when they have ended (GET /operations?state=running)',
    ]);
  });

  test('waits for nothing where all of them began with that release', async () => {
    begun = ['now', 'now'];

    expect(await reasons(reading, writing)).toEqual([]);
  });

  test('alone waits: one that writes what is written already does not ask', async () => {
    begun = ['before'];

    expect(await reasons(writing, priced)).toEqual([]);
  });
});

describe('the gate of what is stored', () => {
  const kit = { name: 'tickets', singular: 'ticket', idPrefix: 'ti' } as const;
  const MEMBERS = { buyerId: z.string(), rate: z.enum(['full', 'half']), note: z.string().optional() };

  const contractOf = (members: z.ZodRawShape, states: readonly string[] = ['open', 'used']) => {
    const tickets = defineResource({ ...kit, states, members: z.object(members) });
    const create = defineAction({
      resource: tickets,
      name: 'create',
      summary: 'Make one.',
      scope: 'tickets:create',
      to: 'open',
      input: z.object({}),
      decide: () => ({}),
    });
    const registry = {
      operations: [],
      versions: [],
      resources: [
        { definition: tickets, file: 'resource.ts', actions: [{ definition: create, file: 'create.ts' }] },
      ],
    };
    const document = JSON.parse(JSON.stringify(openApiDocument(registry, '2026-11-01')));
    return { documents: new Map([['2026-11-01', document]]), defaults: {} };
  };

  const changed = (members: z.ZodRawShape, states?: readonly string[], reshaped: readonly string[] = []) =>
    gateChanges(contractOf(MEMBERS), contractOf(members, states), '2026-11-30', reshaped)
      .filter(({ name }) => name.startsWith('stored'))
      .map(({ name, breaking }) => [name, breaking]);

  const { buyerId: _, ...others } = MEMBERS;

  test.each<readonly [why: string, members: z.ZodRawShape, faults: readonly string[]]>([
    [
      'a member that has another name',
      { ...others, customerId: z.string() },
      ['/buyerId: it is gone, and was required', '/customerId: it is new and required'],
    ],
    ['a new member that is required', { ...MEMBERS, price: z.int() }, ['/price: it is new and required']],
    ['a member that is required now', { ...MEMBERS, note: z.string() }, ['/note: it is required now']],
    [
      'a member that may be missing now',
      { ...MEMBERS, buyerId: z.string().optional() },
      ['/buyerId: it may be missing now'],
    ],
    ['another type', { ...MEMBERS, buyerId: z.int() }, ['/buyerId: it was string, and is integer']],
    ['a value that is gone', { ...MEMBERS, rate: z.enum(['full']) }, ['/rate: value "half" is gone']],
  ])('refuses %s', (_why, members, faults) => {
    expect(changed(members)).toEqual(faults.map((fault) => [`stored tickets ${fault}`, true]));
  });

  test('refuses a state that is gone: something may stand in it', () => {
    expect(changed(MEMBERS, ['open'])).toEqual([['stored tickets /state: value "used" is gone', true]]);
  });

  test('lets a new optional member pass, a new value, an optional one that is gone, and another rule for texts', () => {
    const { note: __, ...rest } = MEMBERS;

    expect(
      changed({
        ...rest,
        price: z.int().optional(),
        rate: z.enum(['full', 'half', 'child']),
        buyerId: z.string().max(9),
      }),
    ).toEqual([]);
  });

  test('lets everything pass of a resource whose shapes say what it becomes', () => {
    expect(changed({ ...others, customerId: z.string() }, undefined, ['tickets'])).toEqual([]);
  });
});
