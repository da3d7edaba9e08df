import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import type { Transition } from '../../../lib/holdfast/core/definitions/representation.ts';
import type { Store } from '../../../lib/holdfast/core/store/store.ts';
import { contended } from '../../../lib/holdfast/core/writes/contended.ts';
import { planExtended } from '../../../lib/holdfast/core/writes/extended-plan.ts';
import { sparing } from '../../../lib/holdfast/core/writes/sparing.ts';

Object.assign(process.env, {
  RECORDS_TABLE: 'records',
  IDEMPOTENCY_TABLE: 'idempotency',
  AWS_REGION: 'eu-central-1',
  POWERTOOLS_LOG_LEVEL: 'SILENT',
  POWERTOOLS_SERVICE_NAME: 'test',
  DEFAULT_API_VERSION: '2026-11-01',
  ALLOW_ORIGIN: '*',
  STAGE: 'local',
});
const { writeContract } = await import('../../../lib/holdfast/runtime/actions/write-contract.ts');

const { write } = process.stdout;
// Functions write their metrics to the output of their process, which is the test's here.
process.stdout.write = (chunk: string | Uint8Array, ...rest: never[]) =>
  String(chunk).startsWith('{"_aws":') || write.call(process.stdout, chunk, ...rest);

/** What a request is answered. */
export interface Answered {
  readonly status: number;
  readonly replayed: boolean;
  readonly etag: string;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: whatever was answered
  readonly json: any;
}

/** What is asked of an action. */
export interface Asking {
  readonly id?: string;
  readonly ifMatch?: string;
  readonly key?: string;
  readonly tenant?: string;
  /** @default alice */
  readonly actor?: string;
  /** What `API-Version` says. @default nothing */
  readonly version?: string | undefined;
  readonly input?: object;
  /** @default all of the action's own resource, and of no other */
  readonly scopes?: string;
}

/** How much time a request has, and who is told of each wait in it. */
interface Pace {
  readonly leftMs?: number;
  readonly waited?: (ms: number) => void;
  /** What can be done to what is asked about. @default nothing that is shown */
  readonly transitions?: readonly Transition[];
  /** Who is told of each rule that does not hold. */
  readonly spared?: (rule: string) => void;
  /** Who is told of each type of which something has moved. */
  readonly met?: (type: string) => void;
}

const nobody = () => undefined;

let commits = 0;

/** Asks actions of a store, as a gateway does; nobody waits between two rounds. */
export const counterOf =
  (
    store: Store,
    { leftMs = 15_000, waited = nobody, transitions = [], spared = nobody, met = nobody }: Pace = {},
  ) =>
  async (
    action: Action,
    {
      id,
      ifMatch,
      key = randomUUID(),
      tenant = 'acme',
      actor = 'alice',
      version,
      input = {},
      scopes = `${action.resource.name}:*`,
    }: Asking,
  ): Promise<Answered> => {
    const event = {
      requestContext: {
        requestId: randomUUID(),
        path: '/',
        authorizer: {
          subject: actor,
          tenant,
          scopes,
          expiresAt: String(Math.ceil(Date.now() / 1000) + 3_600),
        },
      },
      resource: '/',
      path: '/',
      httpMethod: 'POST',
      pathParameters: id === undefined ? null : { [`${action.resource.singular}Id`]: id },
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': key,
        ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
        ...(version !== undefined && { 'API-Version': version }),
      },
      body: JSON.stringify(input),
    } as unknown as APIGatewayProxyEvent;
    const context = { getRemainingTimeInMillis: () => leftMs, awsRequestId: randomUUID() } as Context;
    const { statusCode, headers, body } = await writeContract(action, transitions, {
      store: contended(
        {
          load: (...asked) => store.load(...asked),
          findReceipt: (...asked) => store.findReceipt(...asked),
          loadTogether: async (read) => store.loadTogether?.(read),
          write: sparing((...asked) => store.write(...asked), spared),
        },
        met,
      ),
      clock: { now: Date.now, wait: async (ms) => waited(ms) },
      random: { commit: () => `c${commits++}`, fraction: Math.random },
      plan: planExtended,
    })(event, context);
    return {
      status: statusCode,
      replayed: headers?.['Idempotent-Replayed'] === 'true',
      etag: String(headers?.ETag),
      text: body,
      json: JSON.parse(body),
    };
  };
