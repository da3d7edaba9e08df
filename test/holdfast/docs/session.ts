import { createHash } from 'node:crypto';
import { mintToken } from '../../../lib/holdfast/local/issuer.ts';
import { startLocalCloud } from '../../../lib/holdfast/local/local-cloud.ts';
import type { LedgerEntry } from '../../../lib/holdfast/local/partners/ledger.ts';
import { readCall } from '../../../lib/holdfast/testing/crash/function-call.ts';
import { type Answer, user } from '../support/client.ts';
import { startDynamoDbProxy } from '../support/dynamodb-proxy.ts';
import { eventually } from '../support/eventually.ts';

/** One line of a session, and whose it is. */
export interface Line {
  readonly who: 'client' | 'answer' | 'fault' | 'proof';
  readonly text: string;
}

const KEY = 'disburse-7';

/** First characters of SHA-256 over the bytes of a body. */
const digest = ({ text }: Answer) => createHash('sha256').update(text).digest('hex').slice(0, 12);

const statusLine = ({ status, headers }: Answer, text: string) =>
  ['HTTP/1.1', status, text, headers.has('Idempotent-Replayed') ? '  Idempotent-Replayed: true' : '']
    .join(' ')
    .trim();

/**
 * A session on a local cloud that is started for it: the function that disburses a payout is killed once DynamoDB has
 * committed its write, and its client sends the same request again, twice.
 * @returns what was sent and answered
 * @throws Error for a session that has not gone as the README says
 */
export async function recordSession(): Promise<readonly Line[]> {
  await using closing = new AsyncDisposableStack();
  const proxy = await startDynamoDbProxy('');
  closing.defer(proxy.close);
  const cloud = await startLocalCloud(
    {
      port: 0,
      concurrency: 10,
      startedByNpm: false,
      functions: { AWS_ENDPOINT_URL: proxy.url, POWERTOOLS_LOG_LEVEL: 'SILENT' },
    },
    () => undefined,
  );
  closing.defer(cloud.close);
  proxy.target = cloud.awsUrl;
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map(async (subject) =>
      user(cloud.url, await mintToken({ tenant: 'acme', subject, scopes: 'payouts:* operations:*' })),
    ),
  );
  if (alice === undefined || bob === undefined) throw new Error('nobody to send requests');
  const created = await alice.create('invoice-7');
  const submitted = await alice.act('submit', created);
  const payout = await bob.act('approve', submitted);
  let killed = 0;
  proxy.fate = (call) => {
    const { caller, traceId } = readCall(call);
    if (killed > 0 || caller !== 'payoutsdisburse' || call.operation !== 'TransactWriteItems') return 'pass';
    killed++;
    return {
      async after() {
        await cloud.pool.running(traceId)?.kill();
        return 'lose-answer';
      },
    };
  };
  const disburse = () => alice.act('disburse', payout, { key: KEY });
  const [lost, again, once] = [await disburse(), await disburse(), await disburse()];
  const operation = await eventually(
    'the disbursement to end',
    () => alice.get(String(again.headers.get('Location')), { Prefer: 'wait=20' }),
    ({ json }) => json.state === 'succeeded',
  );
  const ledger = (await (await fetch(`${cloud.partnersUrl}/ledger`)).json()) as LedgerEntry[];
  const transfers = ledger.filter(({ partner }) => partner === 'bank');
  const [transfer] = transfers;
  const isAsTold =
    killed === 1 &&
    lost.status === 502 &&
    again.replayed &&
    again.text === once.text &&
    transfers.length === 1 &&
    transfer?.done === 1;
  if (!isAsTold)
    throw new Error(
      `the session went otherwise: ${JSON.stringify({ killed, lost, again, once, transfers })}`,
    );
  return lines({ payout, lost, again, once, operation, transfer });
}

interface Session {
  readonly payout: Answer;
  readonly lost: Answer;
  readonly again: Answer;
  readonly once: Answer;
  readonly operation: Answer;
  readonly transfer: LedgerEntry;
}

/** What was sent and answered, as it is shown. */
function lines({ payout, lost, again, once, operation, transfer }: Session): readonly Line[] {
  const { id } = payout.json;
  const replay = (answer: Answer): Line[] => [
    { who: 'answer', text: statusLine(answer, 'Accepted') },
    { who: 'answer', text: `sha256 of the body: ${digest(answer)}` },
  ];
  const { amount } = transfer.body as {
    readonly amount: { readonly currency: string; readonly value: string };
  };
  const { completed, total } = operation.json.progress as Readonly<Record<string, number>>;
  return [
    { who: 'client', text: `POST /payouts/${id}/disburse` },
    { who: 'client', text: `  Idempotency-Key: ${KEY}   If-Match: ${payout.etag}` },
    { who: 'fault', text: 'the function is killed: DynamoDB has committed its write, nobody has its answer' },
    { who: 'answer', text: `${statusLine(lost, 'Bad Gateway')}  "recovery":"${lost.json.recovery}"` },
    { who: 'client', text: 'the same request again' },
    ...replay(again),
    { who: 'answer', text: `Location: ${again.headers.get('Location')}` },
    { who: 'client', text: 'and once more' },
    ...replay(once),
    { who: 'client', text: `GET ${again.headers.get('Location')}   Prefer: wait=20` },
    {
      who: 'answer',
      text: `"state":"${operation.json.state}"  "progress":{"completed":${completed},"total":${total}}`,
    },
    { who: 'client', text: "what the bank's own ledger holds" },
    {
      who: 'proof',
      text: `1 transfer: ${transfer.reference}  ${amount.currency} ${amount.value}  ${transfer.state}, done ${transfer.done} time`,
    },
  ];
}
