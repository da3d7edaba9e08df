import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One call on its way from an SDK to DynamoDB. */
export interface Call {
  /** `UpdateItem` */
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

/**
 * What becomes of a call: it passes; it is lost before it lands; it lands and its answer is lost; or it is refused
 * with an error of DynamoDB's.
 */
export type Fate =
  | 'pass'
  | 'lose-request'
  | 'lose-answer'
  | { readonly refuse: string; readonly members?: object };

/** What emulators never do to a call, done between the SDK and one. */
export interface DynamoDbProxy {
  readonly url: string;
  /** Operations that requests made, in the order of their arrival; a test may empty it. */
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
  const proxy = { calls, fate: (): Fate => 'pass', answered: () => undefined } as Omit<
    DynamoDbProxy,
    'url' | 'close'
  >;
  const server = createServer(async (incoming, outgoing) => {
    const body = await read(incoming);
    const operation = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const input = JSON.parse(body.toString() || '{}');
    if (isOfRequests(incoming, input)) calls.push(operation);
    const call = { operation, input };
    const fate = await proxy.fate(call);
    if (fate === 'lose-request') incoming.socket.destroy();
    else if (typeof fate === 'object') refuse(outgoing, fate.refuse, fate.members);
    else {
      const answer = await forward(new URL(target), agent, incoming, body);
      await proxy.answered(call);
      if (fate === 'lose-answer') incoming.socket.destroy();
      else outgoing.writeHead(answer.status, answer.headers).end(answer.bytes);
    }
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

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function refuse(outgoing: ServerResponse, type: string, members: object = {}) {
  outgoing.writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0' });
  outgoing.end(
    JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: type, ...members }),
  );
}

async function forward(target: URL, agent: Agent, incoming: IncomingMessage, body: Buffer) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const { hostname, port } = target;
    const sent = request(
      { hostname, port, agent, method: 'POST', path: '/', headers: incoming.headers },
      resolve,
    );
    sent.on('error', reject);
    sent.end(body);
  });
  const { statusCode: status = 502, headers } = answer;
  return { status, headers, bytes: await read(answer) };
}
