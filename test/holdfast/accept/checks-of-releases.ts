import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { deployedStacks } from '../../../lib/holdfast/cli/account/deployed.ts';
import { stackNames } from '../../../lib/holdfast/cli/deploy/release-plan.ts';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { send } from '../support/client.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { type AcceptanceRun, acceptanceRun } from './account.ts';
import { requireStatus } from './checks-of-account.ts';
import { disbursed } from './checks-of-requests.ts';
import type { Check } from './outcome.ts';
import { askCloudWatch, elements } from './signed.ts';
import { NAMES, STAGE } from './stacks.ts';

/** Names of the clients that the deployed pool has. */
async function clientsOf(run: AcceptanceRun): Promise<readonly string[]> {
  const [state] = await deployedStacks(run.cloudFormation, [stackNames(STAGE).state]);
  return Object.values(state?.template.Resources ?? {})
    .filter(({ Type }) => Type === 'AWS::Cognito::UserPoolClient')
    .map(({ Properties }) => String(Properties?.ClientName))
    .sort();
}

const { maker, checker } = stageConfig(STAGE).userPool?.clients ?? {};

/** Nothing answers there (RFC 5737). */
const NOWHERE = 'https://192.0.2.1';

const ENTRY = 'lib/holdfast/runtime/entries/resources/get-entry.ts';
const KNOWN = 'const known = isResourceId(resource.idPrefix, id);';

/** A release whose reads fail, which CodeDeploy is to take back while they are asked for. */
async function releaseThatFails(run: AcceptanceRun, copy: Copy, path: string): Promise<void> {
  await copy.edit(ENTRY, KNOWN, `${KNOWN}\n    if (known) throw new Error('acceptance: fails on purpose');`);
  const maker = await run.as('maker');
  let asking = true;
  const asked = (async () => {
    while (asking) {
      await maker.get(path);
      await delay(ASK_MS);
    }
  })();
  try {
    await assert.rejects(run.deployFrom(copy.root), 'the release is taken back');
  } finally {
    asking = false;
    await asked;
  }
}

/** Thirty requests a minute and more are judged. */
const ASK_MS = 500;

const REGIONS = ['eu-west-1', 'us-east-1'] as const;

export const RELEASE_CHECKS: readonly Check[] = [
  {
    letter: 'K',
    what: 'a release that fails is taken back within its five minutes, and its successor goes through',
    means:
      'look at the events of the stack: an alarm that did not turn (B2), or a version that stayed and blocks the next try (A4)',
    notEmulated:
      'the emulator has no CodeDeploy; test/holdfast/lib/canary.test.ts holds the rules on a model of it',
    async run(run) {
      const maker = await run.as('maker');
      const created = await maker.create();
      const path = `/payouts/${created.json.id}`;
      const copy = await copyRepository();
      try {
        await releaseThatFails(run, copy, path);
        const [service] = await deployedStacks(run.cloudFormation, [stackNames(STAGE).service]);
        assert.equal(service?.status, 'UPDATE_ROLLBACK_COMPLETE');
        const answers = await Promise.all(Array.from({ length: 20 }, () => maker.get(path)));
        assert.deepEqual(
          [...new Set(answers.map(({ status }) => status))],
          [200],
          'the old answers are back',
        );
        await copy.edit(
          ENTRY,
          "throw new Error('acceptance: fails on purpose')",
          'request.logged.mended = true',
        );
        await run.deployFrom(copy.root);
        const [mended] = await deployedStacks(run.cloudFormation, [stackNames(STAGE).service]);
        assert.equal(mended?.status, 'UPDATE_COMPLETE');
      } finally {
        await copy.remove();
      }
    },
  },
  {
    letter: 'M',
    what: 'the stage stands in a second region of the account, and goes there, and the first keeps its dashboard',
    means:
      'a name that the account has once lacks the region: test/holdfast/lib/regions.test.ts lists the types',
    notEmulated:
      'it would take a minute, and test/holdfast/lib/regions.test.ts holds that names carry the region',
    async run(run) {
      const { AWS_REGION } = process.env;
      const other = REGIONS.find((region) => region !== run.region);
      process.env.AWS_REGION = other;
      try {
        const there = await acceptanceRun(run.id, run.emulated, run.say);
        try {
          await there.deploy({ canary: false });
          await requireStatus(there, 'CREATE_COMPLETE');
        } finally {
          await there.end();
        }
      } finally {
        if (AWS_REGION === undefined) delete process.env.AWS_REGION;
        else process.env.AWS_REGION = AWS_REGION;
      }
      const answer = await askCloudWatch(run.cloudFormation, {
        Action: 'ListDashboards',
        DashboardNamePrefix: `${NAMES}-`,
      });
      assert.ok(
        elements(answer, 'DashboardName').some((name) => name.endsWith(run.region)),
        answer,
      );
    },
  },
  {
    letter: 'L',
    what: 'a client is renamed, and the stage goes from its pool to an issuer and back',
    means:
      'an export that the deployed service imports was to go: npm run deploy has planned its deployments wrongly',
    async run(run) {
      assert.deepEqual(await clientsOf(run), ['checker', 'maker']);
      await run.deploy({ canary: false, userPool: { clients: { maker, verifier: checker } } as never });
      assert.deepEqual(await clientsOf(run), ['maker', 'verifier']);
      await run.deploy({
        canary: false,
        identity: { issuer: NOWHERE, audience: 'holdfast', jwksUri: `${NOWHERE}/jwks.json` },
      });
      assert.deepEqual(await clientsOf(run), []);
      await requireStatus(run, 'UPDATE_COMPLETE');
    },
  },
  {
    letter: 'E',
    what: 'while the keys of the issuer are out of reach, requests are answered 503',
    means: 'the gateway files an authorizer that throws under another response type than is mapped',
    // It leaves the stage with an issuer that nobody is at.
    after: 'L',
    async run(run) {
      // Whoever signed it: keys come before claims.
      const token = await mintToken({ tenant: STAGE, subject: 'maker', scopes: 'payouts:*' });
      const answer = await send(`${await run.url()}/payouts`, { method: 'GET', token });
      assert.equal(answer.status, 503, answer.text);
    },
  },
  {
    letter: 'N',
    what: 'a stage with an operation that waits for its partner is taken away, and deployed again',
    means: 'a state machine is kept by an execution: npm run destroy has left one under way',
    async run(run) {
      const nobody = { url: NOWHERE };
      await run.deploy({ canary: false, partners: { screening: nobody, bank: nobody } });
      const { maker, operation } = await disbursed(run);
      await eventually(
        'the operation to be under way',
        () => maker.get(`/operations/${operation.json.id}`),
        ({ json }) => json.state !== 'accepted',
        { everyMs: 500 },
      );
      await run.destroy();
      await run.deploy();
      await requireStatus(run, 'CREATE_COMPLETE');
    },
  },
];
