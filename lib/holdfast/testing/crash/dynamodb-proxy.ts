import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call on its way from an SDK to DynamoDB, or to any service that speaks AWS's JSON protocols. */
export interface Call {
  /** `UpdateItem` */
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly headers: IncomingHttpHeaders;
  /** What the SDK calls it: the same for each attempt at it. */
  readonly invocation: string;
}

/**
 * What becomes of a call: it passes; it is lost before it lands; it lands and its answer is lost; or it is refused
 * with an error of the service's, landed or not; or it lands, and what becomes of its answer is decided then.
 */
export type Fate =
  | 'pass'
  | 'lose-request'
  | 'lose-answer'
  | {
      readonly refuse: string;
      readonly members?: object;
      /** @default 400 */
      readonly status?: number;
      /** @default false */
      readonly landed?: boolean;
    }
  | { readonly after: () => Promise<'pass' | 'lose-answer'> };

/** What emulators never do to a call, done between the SDK and one. */
export interface DynamoDbProxy {
  readonly url: string;
  /** URL of what calls are passed on to. */
  target: string;
  /**
   * Operations that requests made, in the order of their arrival, without the SDK's further attempts at them, which a busy
   * machine makes; a test may empty it.
   */
  readonly calls: string[];
  /** Decides on each call, and may hold it back for as long as it likes. @default every call passes */
  fate: (call: Call) => Fate | Promise<Fate>;
  /** Told of each call, the very one that its fate was asked for, when DynamoDB has answered it. @default nobody is */
  answered: (call: Call) => void | Promise<void>;
  close(): Promise<void>;
}

/** A proxy on a free port of 127.0.0.1. */
export async function startDynamoDbProxy(target: string): Promise<DynamoDbProxy> {
  const agent = new Agent({ keepAlive: true });
  const calls: string[] = [];
  const proxy = { calls, target, fate: (): Fate => 'pass', answered: () => undefined } as Omit<
    DynamoDbProxy,
    'url' | 'close'
  >;
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = await read(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const input = JSON.parse(body.toString() || '{}');
    if (isOfRequests(incoming, input) && isFirstAttempt(incoming)) calls.push(operation);
    const { headers } = incoming;
    const call = { operation, input, headers, invocation: String(headers['amz-sdk-invocation-id']) };
    const fate = await proxy.fate(call);
    await meet(fate, outgoing, async () => {
      const answer = await forward(new URL(proxy.target), agent, headers, body);
      await proxy.answered(call);
      return answer;
    });
  };
  const server = createServer((incoming, outgoing) => {
    // What cannot be passed on is cut for its caller as well.
    serve(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** What follows the stream, and the sweep, run beside the requests, and are not counted. */
const isOfRequests = (
  incoming: IncomingMessage,
  { TableName, IndexName }: { TableName?: string; IndexName?: string },
) =>
  !String(incoming.headers['x-amz-target']).startsWith('DynamoDBStreams') &&
  TableName !== 'HistoryTable' &&
  IndexName !== 'by-due';

const isFirstAttempt = ({ headers }: IncomingMessage) =>
  /attempt=1\b/.test(String(headers['amz-sdk-request']));

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function meet(fate: Fate, outgoing: ServerResponse, land: () => ReturnType<typeof forward>) {
  if (fate === 'lose-request') return outgoing.socket?.destroy();
  if (typeof fate === 'object' && 'refuse' in fate) {
    if (fate.landed) await land();
    return refuse(outgoing, fate);
  }
  const { status, headers, bytes } = await land();
  const arrives = typeof fate === 'object' ? await fate.after() : fate;
  if (arrives === 'lose-answer') outgoing.socket?.destroy();
  else outgoing.writeHead(status, headers).end(bytes);
}

function refuse(
  outgoing: ServerResponse,
  { refuse: type, members = {}, status = 400 }: Extract<Fate, { refuse: string }>,
) {
  outgoing.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.0' });
  outgoing.end(
    JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...members }),
  );
}

async function forward(target: URL, agent: Agent, headers: IncomingHttpHeaders, body: Buffer) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname, port } = target;
    const sent = request({ hostname, port, agent, method: 'POST', path: '/', headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, bytes: await read(answer) };
}
