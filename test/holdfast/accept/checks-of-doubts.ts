import assert from 'node:assert/strict';
import { stageUsage } from '../../../lib/holdfast/cli/versions/stage-usage.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import service from '../../../lib/service.ts';
import { send } from '../support/client.ts';
import { copyRepository, SET_ASIDE } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { requireProblem } from './checks-of-requests.ts';
import type { Check } from './outcome.ts';
import { askCloudWatch, elements } from './signed.ts';
import { STAGE } from './stacks.ts';

const DOCS = 'https://docs.aws.amazon.com';

/** A metric is there some minutes after what it counts. */
const COUNTED = { withinMs: 600_000, everyMs: 15_000 };

const { maker, checker } = stageConfig(STAGE).userPool?.clients ?? {};

/** What the documentation leaves open about requests: tried on the stage as it was deployed first. */
export const GATEWAY_DOUBTS: readonly Check[] = [
  {
    letter: 'D3',
    what: 'a 401 of the gateway itself has its WWW-Authenticate under that name',
    means:
      'the gateway renames it as it does for functions: clients find it in x-amzn-Remapped-WWW-Authenticate, and the contract is to say so for every 401',
    says: `the header is renamed in answers of an integration; of gateway responses nothing is said: ${DOCS}/apigateway/latest/developerguide/api-gateway-known-issues.html`,
    async run(run) {
      const answer = await send(`${await run.url()}/payouts`, { method: 'GET' });
      requireProblem(answer, 401, 'unauthenticated');
      assert.equal(answer.headers.get('WWW-Authenticate'), `Bearer realm="${service.prefix}"`);
    },
  },
  {
    letter: 'F',
    what: 'a problem of the gateway stays JSON when the request names an id with a quote in it',
    means:
      'the gateway takes $context.requestId from the request: instance in lib/holdfast/cdk/api/gateway-responses.ts is to be $context.extendedRequestId',
    says: `$context.requestId can be overridden by the client, and $context.extendedRequestId is the gateway's own: ${DOCS}/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html`,
    async run(run) {
      const headers = { 'X-Amzn-RequestId': 'a"b' };
      const answer = await send(`${await run.url()}/nope`, { method: 'GET', headers });
      requireProblem(answer, 404, 'route-not-found');
      assert.doesNotMatch(String(answer.json.instance), /a"b/, answer.text);
    },
  },
  {
    letter: 'T',
    what: 'Lambda counts by the version that ran while an alias has one version alone',
    means:
      'alarms of releases have no data between releases; that is right as long as K is ok, and lib/holdfast/cdk/alarms/canary.ts is to say so',
    says: `ExecutedVersion is there for a combination of alias and version, and its use is to compare two versions of a weighted alias: ${DOCS}/lambda/latest/dg/monitoring-metrics-view.html`,
    notEmulated: 'the emulator counts no requests that come through the gateway',
    async run({ cloudFormation }) {
      await eventually(
        'Invocations by alias and ExecutedVersion',
        () =>
          askCloudWatch(cloudFormation, {
            Action: 'ListMetrics',
            Namespace: 'AWS/Lambda',
            MetricName: 'Invocations',
            'Dimensions.member.1.Name': 'ExecutedVersion',
          }),
        (answer) => elements(answer, 'Value').some((value) => /payouts.*:live$/i.test(value)),
        COUNTED,
      );
    },
  },
  {
    letter: 'V',
    what: 'npm run versions tells when a client of the stage was seen last, by its name',
    means:
      'CloudWatch made no metric of the line in lib/holdfast/runtime/http/envelope.ts, or lib/holdfast/cli/account/cloudwatch.ts does not speak as it does: nobody may believe that a version is unused',
    says: `the embedded format makes a metric of each set of dimensions: ${DOCS}/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html; JSON is among the protocols of the service's model in botocore`,
    notEmulated: 'the emulator reads no metric out of a log; npm run e2e does that for it',
    async run(run) {
      const maker = await run.as('maker');
      await maker.get('/payouts');
      const today = new Date().toISOString().slice(0, 10);
      await eventually(
        'maker to be seen',
        () => stageUsage(STAGE, [service.apiVersion], today, {}),
        (usage) => usage.some(({ client, requests }) => client === 'maker' && requests > 0),
        COUNTED,
      );
    },
  },
];

/** Doubts about deployments: each makes some. */
export const RELEASE_DOUBTS: readonly Check[] = [
  {
    letter: 'R',
    what: 'a stage that logs from WARN on counts its writes all the same',
    means:
      'Lambda drops a metric line by its level: lib/holdfast/cdk/functions/service-function.ts and lib/holdfast/runtime/aws/metric.ts are to agree on one that passes',
    says: `a line without a level is taken for INFO, and one below the function's level is dropped: ${DOCS}/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html`,
    notEmulated: 'the emulator drops no line, and reads no metric out of a log',
    async run(run) {
      await run.deploy({ canary: false, logLevel: 'WARN' });
      const from = new Date();
      const created = await (await run.as('maker')).create();
      assert.equal(created.status, 201, created.text);
      await eventually(
        'a sum of the metric Accepted since then',
        () =>
          askCloudWatch(run.cloudFormation, {
            Action: 'GetMetricStatistics',
            Namespace: service.namespace,
            MetricName: 'Accepted',
            'Dimensions.member.1.Name': 'stage',
            'Dimensions.member.1.Value': STAGE,
            StartTime: from.toISOString(),
            EndTime: new Date(Date.now() + 60_000).toISOString(),
            Period: '60',
            'Statistics.member.1': 'Sum',
          }),
        (answer) => elements(answer, 'Sum').some((sum) => Number(sum) > 0),
        COUNTED,
      );
    },
  },
  {
    letter: 'S',
    what: 'an action goes, with its scope that a client has: the client keeps its others, and the route is a readable 404',
    means:
      'Cognito refuses to drop a scope that a client still has, so it takes two deployments; or the stage still serves the route, so lib/holdfast/cli/deploy/release-plan.ts has not planned the deployment that forgets it',
    says: `clients get no tokens with scopes of a resource server that is gone, and of one scope nothing is said: ${DOCS}/cognito-user-identity-pools/latest/APIReference/API_DeleteResourceServer.html; a deployment is a snapshot of the API's resources: ${DOCS}/apigateway/latest/developerguide/how-to-deploy-api.html`,
    notEmulated:
      'the emulator serves the resources of an API as they stand, whatever was deployed; test/holdfast/lib/removed-routes.test.ts holds the plan',
    async run(run) {
      const copy = await copyRepository();
      const scopes = ['payouts:*', 'operations:*', 'payouts:set-aside'];
      const withOne = {
        canary: false,
        userPool: { clients: { maker: { ...maker, scopes }, checker } } as never,
      };
      try {
        await copy.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
        await run.deployFrom(copy.root, withOne);
        const user = await run.as('maker');
        const submitted = await user.act('submit', await user.create());
        const body = { note: 'acceptance' };
        const aside = await user.act('set-aside', submitted, { body });
        assert.equal(aside.json.state, 'draft', aside.text);

        await run.deploy({ canary: false });
        const later = await run.as('maker');
        const gone = await eventually(
          'the route to be forgotten',
          () => later.act('set-aside', aside, { body }),
          ({ status }) => status === 404,
          { everyMs: 1_000 },
        );
        requireProblem(gone, 404, 'route-not-found');
        assert.equal((await later.get(`/payouts/${aside.json.id}`)).status, 200);
      } finally {
        await copy.remove();
      }
    },
  },
];
