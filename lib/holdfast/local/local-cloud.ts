import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { completeLocally } from '../backfill/complete-locally.ts';
import type { StackTemplate } from '../cdk/templates/templates.ts';
import type { Site } from '../core/site-file.ts';
import { Sightings } from '../core/versions/sightings.ts';
import type { Synthesis } from '../synthesis/synthesize.ts';
import { checkEdges } from '../template/service-edges.ts';
import { resolveResources } from '../template/template.ts';
import { Access } from './access/access.ts';
import { startAwsEndpoint } from './access/aws-endpoint.ts';
import { openDataFolder } from './data-folder.ts';
import { localClient, startDynamoDb, useDynamoDb } from './dynamodb/dynamodb.ts';
import { createTables, TABLE_TYPES } from './dynamodb/tables.ts';
import { startEventSources } from './events/event-sources.ts';
import { createQueues, startSqs } from './events/queues.ts';
import { startSchedules } from './events/schedules.ts';
import { Bundler } from './functions/bundler.ts';
import { FunctionPool } from './functions/function-pool.ts';
import { functionDefinition, readFunctions, type TemplateFunction } from './functions/functions.ts';
import { readable } from './functions/log.ts';
import { type Api, readApi } from './gateway/api.ts';
import { askedStoreFault } from './gateway/asked-fault.ts';
import { Gateway } from './gateway/gateway.ts';
import { startIssuer } from './issuer.ts';
import { madeUpSecret } from './partners/made-up-secrets.ts';
import { PartnerSimulator } from './partners/partner-simulator.ts';
import { LocalSecrets } from './partners/secrets.ts';
import type { Settings } from './settings.ts';
import { LocalStepFunctions } from './step-functions/step-functions.ts';
import { synthesizeLocal } from './synth.ts';
import { watchSource } from './watch.ts';

/** A function starts in a quarter of a second. */
const SETTLE_MS = 500;

/** A running local cloud. */
export interface LocalCloud {
  readonly url: string;
  /** Of the simulated partners, for faults and ledger. */
  readonly partnersUrl: string;
  /** Of Step Functions and SQS, for their SDKs and CLIs. */
  readonly stepFunctionsUrl: string;
  readonly sqsUrl: string;
  /** Of every service of AWS, for the functions. */
  readonly awsUrl: string;
  readonly pool: FunctionPool;
  /** The templates that it serves first. */
  readonly stacks: readonly StackTemplate[];
  /** Documentation that its functions serve. */
  readonly site: Site;
  /** What the roles of {@link stacks} allow, until it is told otherwise. */
  readonly access: Pick<Access, 'update'>;
  close(): Promise<void>;
}

/**
 * Synthesizes the CDK app and serves its templates on this machine. A changed file is served when it has been bundled;
 * a broken one is reported, and the previous version is served.
 * @param print one line for a person
 * @param begun is given at once what ends all that has been started so far
 * @throws Error that says what to do, when something that it needs is missing or broken
 */
export async function startLocalCloud(
  settings: Settings,
  print: (line: string) => void,
  begun: (close: LocalCloud['close']) => void = () => undefined,
): Promise<LocalCloud> {
  const closing: (() => unknown)[] = [];
  const close = async () => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  begun(close);
  try {
    // What another may hold is taken first, before anything that takes its time.
    const invoke = (name: string, event: string) => pool.invoke(name, event);
    const gateway = new Gateway(invoke);
    const url = `http://127.0.0.1:${await gateway.listen(settings.port)}`;
    closing.push(() => gateway.close());
    const store = await openStore(settings, closing);
    print(`starting at ${url}: synthesizing the CDK app, and starting DynamoDB and SQS`);
    const seen = new Sightings();
    const pool = new FunctionPool(settings.concurrency, (line) => {
      seen.add(line);
      const text = readable(line);
      if (text !== undefined) print(text);
    });
    closing.push(() => pool.end());
    const issuer = await startIssuer();
    closing.push(issuer.close);
    const simulator = new PartnerSimulator();
    await simulator.listen();
    closing.push(() => simulator.close());
    const local = { jwksUri: issuer.jwksUri, partnersUrl: simulator.url };
    const [first, [dynamodb, sqs]] = await settle(
      synthesizeLocal(local),
      settle(store(), startQueues(closing)),
    );
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-run-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));

    const bundler = new Bundler(folder);
    const access = new Access(print);
    const { isNeverTaken } = simulator;
    const stepFunctions = new LocalStepFunctions({ invoke, sqs, access, isNeverTaken });
    const stepFunctionsUrl = await stepFunctions.listen();
    closing.push(() => stepFunctions.close());
    const secrets = new LocalSecrets();
    const secretsUrl = await secrets.listen();
    closing.push(() => secrets.close());
    const services = { dynamodb, secretsmanager: secretsUrl, states: stepFunctionsUrl, sqs: sqs.url };
    const storeFault = (traceId: string) => askedStoreFault(pool.running(traceId)?.event);
    const aws = await startAwsEndpoint(services, access, storeFault);
    gateway.about = { partnersUrl: simulator.url, dynamodbUrl: dynamodb, seen };
    closing.push(aws.close);
    const platform = { endpoint: aws.url, environment: settings.functions };
    const of = (templates: readonly StackTemplate[], ...types: string[]) =>
      resolveResources(templates, types, sqs.url);

    const bundle = async (functions: readonly TemplateFunction[], { site }: Synthesis) => {
      const fileOf = await bundler.build(
        functions.map(({ entry }) => entry),
        site,
      );
      pool.update(functions.map((each) => functionDefinition(each, fileOf(each.entry), platform)));
    };
    const prepare = async ({ stacks: templates, partners, unplayed }: Synthesis): Promise<Api> => {
      simulator.update(partners);
      for (const name of unplayed)
        print(`no simulator for partner '${name}'; add functions/partners/${name}.simulator.ts`);
      checkEdges(templates);
      const client = localClient(dynamodb);
      await createTables(client, of(templates, ...TABLE_TYPES)).finally(() => client.destroy());
      await createQueues(sqs, of(templates, 'AWS::SQS::Queue'));
      secrets.update(of(templates, 'AWS::SecretsManager::Secret'), madeUpSecret);
      stepFunctions.update(of(templates, 'AWS::StepFunctions::StateMachine'));
      access.update(templates);
      return readApi(templates, invoke);
    };

    const { stacks } = first;
    let functions = readFunctions(stacks, aws.url);
    print(`making tables and queues, and bundling ${functions.length} functions`);
    const [api] = await settle(prepare(first), bundle(functions, first));
    await completeLocally(localClient(dynamodb), stacks, print);
    gateway.api = api;
    // Before what its requests go to.
    closing.push(() => gateway.close());
    simulator.callbackUrl = url;
    // The function that every request with a token goes through.
    pool.warm(
      functions.filter(({ entry }) => entry.name === 'authorizer').map(({ resource }) => resource.logicalId),
    );
    const followed = new Set<string>();
    const follow = (templates: readonly StackTemplate[]) => {
      const added = of(templates, 'AWS::Lambda::EventSourceMapping').filter(
        ({ logicalId }) => !followed.has(logicalId),
      );
      for (const { logicalId } of added) followed.add(logicalId);
      closing.push(startEventSources(added, { dynamodb, sqs, invoke, print }));
    };
    follow(stacks);
    closing.push(startSchedules(of(stacks, 'AWS::Events::Rule'), invoke, settings.everySeconds, print));

    let served = first;
    const reload = async () => {
      await bundle(functions, served);
      // What has changed starts anew with the next request; synthesis, which mostly finds nothing, need not race with it.
      await delay(SETTLE_MS);
      const changed = await synthesizeLocal(local);
      if (isDeepStrictEqual(changed, served)) return;
      const next = await prepare(changed);
      functions = readFunctions(changed.stacks, aws.url);
      await bundle(functions, changed);
      await completeLocally(localClient(dynamodb), changed.stacks, print);
      follow(changed.stacks);
      gateway.api = next;
      served = changed;
    };
    closing.push(watchSource(reload, print));
    return {
      url,
      partnersUrl: simulator.url,
      stepFunctionsUrl,
      sqsUrl: sqs.url,
      awsUrl: aws.url,
      pool,
      stacks,
      site: first.site,
      access,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** What starts the DynamoDB of the settings, or one of our own on the data folder, which is held from now on. */
async function openStore(
  { data, dynamodb }: Settings,
  closing: (() => unknown)[],
): Promise<() => Promise<string>> {
  if (dynamodb !== undefined) return async () => (await useDynamoDb(dynamodb)).url;
  const folder = await openDataFolder(data);
  closing.push(folder.release);
  return async () => {
    const started = await startDynamoDb(folder.path);
    closing.push(started.close);
    return started.url;
  };
}

async function startQueues(closing: (() => unknown)[]) {
  const sqs = await startSqs();
  closing.push(sqs.close);
  return sqs;
}

/** Waits for both before it fails, so that what the other has started can be ended. */
async function settle<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return [await a, await b];
}
