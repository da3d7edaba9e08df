import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { portOf } from '../listening.ts';
import type { Api, Route } from './api.ts';
import { meetAskedFault } from './asked-fault.ts';
import { methodArn } from './authorizer.ts';
import { GatewayError, type HttpResponse } from './gateway-response.ts';
import { headerLists, proxyEvent, type WireRequest } from './proxy-event.ts';
import { readProxyResponse } from './proxy-response.ts';
import type { Match } from './router.ts';

/** Quotas of API Gateway for REST APIs. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const INTEGRATION_TIMEOUT_MS = 29_000;

/**
 * Of Lambda, for the event: a body that is declared binary is in it as base64, a third longer than it was sent.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * @see https://zaccharles.medium.com/deep-dive-lambdas-request-payload-size-limit-2-2-6350c1ae5577 for the number
 */
const MAX_EVENT_BYTES = 6_291_456;

/** Tells of the cloud itself, to tools on this machine: no resource can have that name. */
export const ABOUT_PATH = '/_local';

/** Invokes a function; JSON in, JSON out. */
export type Invoke = (functionName: string, event: string) => Promise<string>;

/**
 * A client that was busy for longer than a connection is kept sends its next request on one that has just been closed. Node
 * closes it after five seconds, which a client on a loaded machine is.
 */
const KEEP_ALIVE_MS = 60_000;

/** Serves an API over HTTP as API Gateway would, on 127.0.0.1 alone. */
export class Gateway {
  readonly #server: Server;
  readonly #invoke: Invoke;
  readonly #ready = Promise.withResolvers<void>();
  #api: Api | undefined;
  /** What the path of the cloud itself answers. */
  about: object = {};

  /** Requests wait until there is an API to serve. */
  constructor(invoke: Invoke, api?: Api) {
    if (api !== undefined) this.api = api;
    this.#invoke = invoke;
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
      // An answer that cannot be written takes its connection with it, and no one else's.
      this.#serve(incoming, outgoing).catch(() => outgoing.destroy());
    });
  }

  /** Serves this API from the next request on. */
  set api(api: Api) {
    this.#api = api;
    this.#ready.resolve();
  }

  /**
   * @returns the port
   * @throws Error when the port is in use
   */
  async listen(port: number): Promise<number> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (error: NodeJS.ErrnoException) => {
        const inUse = `port ${port} is in use; set another, as in PORT=${port + 1} npm start`;
        reject(error.code === 'EADDRINUSE' ? new Error(inUse, { cause: error }) : error);
      });
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return portOf(this.#server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    await this.#ready.promise;
    const api = this.#api;
    if (api === undefined) throw new Error('there is no API to serve');
    const id = randomUUID();
    const extendedId = randomBytes(11).toString('base64');
    const { path, query } = readTarget(incoming.url ?? '/');
    let response: HttpResponse;
    try {
      // First, whatever becomes of the request: what is left of a body would be read as the connection's next request.
      const body = await readBody(incoming);
      if (path === ABOUT_PATH) return void outgoing.end(JSON.stringify(this.about));
      const match = route(api, incoming.method ?? 'GET', path);
      const request: WireRequest = {
        id,
        extendedId,
        method: incoming.method ?? 'GET',
        path,
        query,
        rawHeaders: incoming.rawHeaders,
        body,
        remoteAddress: incoming.socket.remoteAddress ?? '127.0.0.1',
      };
      response = await this.#answer(api, match, request);
    } catch (error) {
      const type = error instanceof GatewayError ? error.type : 'DEFAULT_5XX';
      response = api.responses.render(type, {
        requestId: id,
        path: `/${api.stage}${path}`,
        stage: api.stage,
        'error.message': type,
        'error.messageString': JSON.stringify(type),
        'error.responseType': type,
      });
    }
    const length = Buffer.byteLength(response.body);
    // What is left of a body that was too large is not read.
    const isLast = !incoming.complete;
    outgoing.writeHead(response.status, {
      'x-amzn-requestid': id,
      'x-amz-apigw-id': extendedId,
      ...response.headers,
      'Content-Length': length,
      ...(isLast && { Connection: 'close' }),
    });
    outgoing.end(response.body);
    if (isLast) incoming.destroy();
  }

  async #answer(api: Api, { route, parameters }: Match<Route>, request: WireRequest): Promise<HttpResponse> {
    const { resource, integration, authorizer } = route;
    const headers = Object.fromEntries(
      Object.entries(headerLists(request)).map(([name, all]) => [name, all.at(-1) ?? '']),
    );
    const refused = meetAskedFault(headers);
    if (refused !== undefined) return refused;
    if (integration.kind === 'mock') return integration;
    const context = await authorizer?.authorize(headers, methodArn(api.stage, request.method, request.path));
    const { stage, binaryMediaTypes } = api;
    const event = JSON.stringify(
      proxyEvent(request, { stage, resource, parameters, authorizer: context, binaryMediaTypes }),
    );
    if (Buffer.byteLength(event) > MAX_EVENT_BYTES) throw new GatewayError('REQUEST_TOO_LARGE');
    return readProxyResponse(await withTimeout(this.#invoke(integration.name, event)));
  }
}

/**
 * Path and query of a request target (RFC 9112 3.2), as sent: what a URL parser would make of dots, backslashes and empty
 * segments is another path, and some targets it does not take at all.
 */
function readTarget(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const [, path = '', query] = /^(?:https?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/is.exec(target) ?? [];
  return { path, query: new URLSearchParams(query) };
}

function route(api: Api, method: string, path: string): Match<Route> {
  const match = api.router.find(method, path.slice(1).replace(/\/$/, '').split('/').map(decode));
  if (match === undefined) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
  return match;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new GatewayError('BAD_REQUEST_PARAMETERS');
  }
}

async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new GatewayError('REQUEST_TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function withTimeout<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new GatewayError('INTEGRATION_TIMEOUT')), INTEGRATION_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
