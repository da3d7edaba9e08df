import type { HttpResponse } from './gateway-response.ts';
import { GatewayError } from './gateway-response.ts';

/** Lambda's limit for what a synchronous invocation answers. */
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Headers that the gateway keeps for itself, and passes on under another name when a function sets them. */
const REMAPPED = new Set(['www-authenticate', 'server', 'date', 'connection', 'content-length']);

/**
 * Reads what a function answered a Lambda proxy integration.
 * @throws GatewayError `DEFAULT_5XX`, which is a 502, for anything but the form that API Gateway accepts
 */
export function readProxyResponse(payload: string): HttpResponse {
  if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) throw new GatewayError('DEFAULT_5XX');
  const value: unknown = JSON.parse(payload);
  if (typeof value !== 'object' || value === null) throw new GatewayError('DEFAULT_5XX');
  const {
    statusCode,
    headers = {},
    multiValueHeaders = {},
    body = '',
    isBase64Encoded = false,
  } = value as {
    statusCode?: unknown;
    headers?: Record<string, string>;
    multiValueHeaders?: Record<string, string[]>;
    body?: unknown;
    isBase64Encoded?: boolean;
  };
  const status = Number(statusCode);
  const isStatus = Number.isInteger(status) && status >= 200 && status <= 599;
  if (!isStatus || typeof body !== 'string') throw new GatewayError('DEFAULT_5XX');
  return {
    status,
    headers: Object.fromEntries(
      Object.entries({ ...headers, ...multiValueHeaders }).map(([name, set]) => [remapped(name), set]),
    ),
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

const remapped = (name: string) => (REMAPPED.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name);
