import type { APIGatewayProxyEvent } from 'aws-lambda';
import { ACCOUNT } from '../../template/template.ts';
import type { AuthorizerContext } from './authorizer.ts';

/** A request as it came over the wire. */
export interface WireRequest {
  readonly id: string;
  readonly extendedId: string;
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly remoteAddress: string;
}

/** The route that a request takes. */
export interface Routed {
  readonly stage: string;
  /** `/payouts/{payoutId}` */
  readonly resource: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly authorizer: AuthorizerContext | undefined;
  readonly binaryMediaTypes: readonly string[];
}

/** Collects name and value pairs into lists, in their order; `__proto__` is a name like any other. */
function lists(pairs: Iterable<readonly [string, string]>): Record<string, string[]> {
  const collected = new Map<string, string[]>();
  for (const [name, value] of pairs) collected.set(name, [...(collected.get(name) ?? []), value]);
  return Object.fromEntries(collected);
}

const last = (values: Readonly<Record<string, string[]>>) =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, all.at(-1) ?? '']));

/** Header fields with the case that they were sent in, each with every value. */
export const headerLists = ({ rawHeaders }: WireRequest): Record<string, string[]> =>
  lists(rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name, rawHeaders[i + 1] ?? ''] as const] : [])));

/** Whether a body of this type is handed over as bytes, in base64: what the template's BinaryMediaTypes say. */
function isBinary(contentType: string | undefined, binaryMediaTypes: readonly string[]): boolean {
  const type = (contentType ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  return binaryMediaTypes.some(
    (pattern) =>
      pattern === '*/*' ||
      pattern === type ||
      (pattern.endsWith('/*') && type.startsWith(pattern.slice(0, -1))),
  );
}

/** The event of a Lambda proxy integration of a REST API, in its version 1.0. */
export function proxyEvent(request: WireRequest, routed: Routed): APIGatewayProxyEvent {
  const multiValueHeaders = headerLists(request);
  const headers = last(multiValueHeaders);
  const find = (wanted: string) =>
    Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1];
  const query = lists(request.query);
  const hasQuery = Object.keys(query).length > 0;
  const binary = isBinary(find('content-type'), routed.binaryMediaTypes);
  const now = new Date();
  return {
    resource: routed.resource,
    path: request.path,
    httpMethod: request.method,
    headers,
    multiValueHeaders,
    queryStringParameters: hasQuery ? last(query) : null,
    multiValueQueryStringParameters: hasQuery ? query : null,
    pathParameters: Object.keys(routed.parameters).length > 0 ? { ...routed.parameters } : null,
    stageVariables: null,
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && request.body.length > 0,
    requestContext: {
      accountId: ACCOUNT,
      apiId: 'local',
      authorizer: routed.authorizer,
      domainName: find('host') ?? 'localhost',
      extendedRequestId: request.extendedId,
      httpMethod: request.method,
      identity: { sourceIp: request.remoteAddress, userAgent: find('user-agent') ?? null },
      path: request.path,
      protocol: 'HTTP/1.1',
      requestId: request.id,
      requestTime: now.toUTCString(),
      requestTimeEpoch: now.getTime(),
      resourceId: routed.resource,
      resourcePath: routed.resource,
      stage: routed.stage,
    } as unknown as APIGatewayProxyEvent['requestContext'],
  };
}
