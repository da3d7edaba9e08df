import { randomUUID } from 'node:crypto';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { CancelledTransaction, checkLimits } from '../dynamodb/dynamodb-limits.ts';
import { Refusal } from '../dynamodb/refusal.ts';
import { listenHere } from '../listening.ts';
import type { Access } from './access.ts';
import { readAccess } from './access-request.ts';

/** Names the function behind a call that is handed on, for whoever looks at what passes. */
export const CALLER_HEADER = 'x-local-caller';

/** Where each service is, by its name in a credential scope. */
export type Services = Readonly<Record<'dynamodb' | 'secretsmanager' | 'sqs' | 'states', string>>;

/** The endpoint of every service of AWS that a function calls, its logical id being its access key. */
export interface AwsEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1: a call passes when its caller may make it, and is refused as on AWS else. */
export async function startAwsEndpoint(
  services: Services,
  access: Access,
  storeFault: Wiring['storeFault'] = () => undefined,
): Promise<AwsEndpoint> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer((incoming, outgoing) => {
    serve({ services, access, storeFault, agent }, incoming, outgoing).catch((error: unknown) => {
      if (error instanceof Refusal) refuse(outgoing, error);
      // A connection that the service has cut is cut for its caller as well.
      else incoming.socket.destroy();
    });
  });
  return {
    url: await listenHere(server),
    async close() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Wiring {
  readonly services: Services;
  readonly access: Access;
  /** Name of the error that DynamoDB is to refuse a call with, by X-Ray's id of who makes it. */
  readonly storeFault: (traceId: string) => string | undefined;
  readonly agent: Agent;
}

async function serve(
  { services, access, storeFault, agent }: Wiring,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await read(incoming);
  const { accessKey, service } = credentialScope(incoming);
  const operation = `${service}:${String(incoming.headers['x-amz-target']).split('.').at(-1)}`;
  const input = JSON.parse(body.toString() || '{}');
  access.authorize(accessKey, operation, readAccess(operation, input, access.keys));
  checkLimits(operation, input, access.tables);
  const [, traceId = ''] = /Root=([^;]+)/.exec(String(incoming.headers['x-amzn-trace-id'])) ?? [];
  const fault = service === 'dynamodb' ? storeFault(traceId) : undefined;
  if (fault !== undefined) throw new Refusal(fault, 'the request asked for it');
  incoming.headers[CALLER_HEADER] = accessKey;
  const url = Object.entries(services).find(([name]) => name === service)?.[1] ?? '';
  const answer = await send(url, agent, incoming, body, outgoing);
  outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(await read(answer));
}

/** SigV4: `Credential=<access key>/<date>/<region>/<service>/aws4_request`. */
function credentialScope({ headers }: IncomingMessage): { accessKey: string; service: string } {
  const [, accessKey = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? [];
  return { accessKey, service };
}

function refuse(outgoing: ServerResponse, refusal: Refusal): void {
  const { name, message } = refusal;
  const reasons = refusal instanceof CancelledTransaction && { CancellationReasons: refusal.reasons };
  outgoing
    .writeHead(400, { 'Content-Type': 'application/x-amz-json-1.0', 'x-amzn-RequestId': randomUUID() })
    .end(JSON.stringify({ __type: `com.amazon.coral.service#${name}`, message, ...reasons }));
}

async function read(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Hands a call on as nobody in particular: a DynamoDB Local keeps a database for each access key. */
function send(
  target: string,
  agent: Agent,
  incoming: IncomingMessage,
  body: Buffer,
  outgoing: ServerResponse,
): Promise<IncomingMessage> {
  const { hostname, port, host } = new URL(target);
  const authorization = incoming.headers.authorization?.replace(/Credential=[^/]+/, 'Credential=local');
  const headers = { ...incoming.headers, host, authorization };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, agent, method: 'POST', path: incoming.url, headers }, resolve);
    sent.on('error', reject);
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) sent.destroy();
    });
    sent.end(body);
  });
}
