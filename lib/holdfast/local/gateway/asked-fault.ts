import { GATEWAY_ERRORS, GatewayError, type HttpResponse, isGatewayError } from './gateway-response.ts';

/** Header by which one request asks for a fault of its own, and nobody else's; a deployed stage knows no such header. */
export const FAULT_HEADER = 'X-Local-Fault';

/** What makes DynamoDB refuse every call that the request's function makes: `DynamoDB.` and the error's name. */
const STORE = /^DynamoDB\.([A-Za-z]+)$/;

/** Header names keep the case that they were sent in; within a body, quotes would be escaped. */
const IN_EVENT = new RegExp(`"${FAULT_HEADER}":"DynamoDB\\.([A-Za-z]+)"`, 'i');

/** @returns what refuses a fault that there is none of; undefined where all is well. @throws GatewayError that is asked for */
export function meetAskedFault(headers: Readonly<Record<string, string>>): HttpResponse | undefined {
  const wanted = FAULT_HEADER.toLowerCase();
  const [, asked] = Object.entries(headers).find(([name]) => name.toLowerCase() === wanted) ?? [];
  if (asked === undefined || STORE.test(asked)) return undefined;
  if (isGatewayError(asked)) throw new GatewayError(asked);
  const body = `${FAULT_HEADER} is '${asked}'; choose from ${GATEWAY_ERRORS.join(', ')}, or DynamoDB. and the name of an error\n`;
  return { status: 400, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body };
}

/** The error with which DynamoDB is to refuse what a function asks of it, by the event that the function is at. */
export const askedStoreFault = (event = ''): string | undefined => IN_EVENT.exec(event)?.[1];
