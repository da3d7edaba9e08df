import { randomUUID } from 'node:crypto';
import type { ExecutionEnvironment } from '../../../lib/holdfast/local/functions/execution-environment.ts';
import { draft } from '../support/client.ts';
import { payoutId, proxyEvent } from '../support/plane.ts';
import type { Item } from './capacity.ts';
import type { Stand, Subject } from './stand.ts';

/** An answer of a subject. */
export interface Answer {
  readonly status: number;
  readonly etag: string;
  /** @default 0 */
  readonly retryAfterMs: number;
}

/** One request to change an amount, as the gateway hands it to a function. */
export interface Change {
  readonly id: string;
  readonly ifMatch: string;
  /** @default one that nothing else uses */
  readonly key?: string;
  readonly value?: string;
}

/** A request as the gateway hands it to a function. */
export const eventOf = (
  parameters: Readonly<Record<string, string>>,
  headers: object,
  body: object,
  route: string,
) => {
  const path = route.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? '');
  const event = proxyEvent({ parameters, headers: { ...headers }, body: JSON.stringify(body) });
  return JSON.stringify({ ...event, resource: route, path });
};

/** The event of a change. */
export const changeEvent = ({ id, ifMatch, key = randomUUID(), value = '99.50' }: Change): string =>
  eventOf(
    { payoutId: id },
    { 'Idempotency-Key': key, 'If-Match': ifMatch },
    { amount: { currency: 'EUR', value } },
    '/payouts/{payoutId}/change-amount',
  );

/**
 * Sends it.
 * @throws Error for what is neither done, nor refused for its version, nor to be sent again
 */
export async function send(environment: ExecutionEnvironment, event: string): Promise<Answer> {
  const { statusCode: status, headers = {}, body } = JSON.parse(await environment.invoke(event));
  if (![200, 412, 503].includes(status))
    throw new Error(`${environment.definition.name} answered ${status}: ${body}`);
  const retryAfterMs = Number(headers['Retry-After'] ?? 0) * 1_000;
  return { status, etag: String(headers.ETag ?? ''), retryAfterMs };
}

/** The stored payout of a create by the action itself, with that one receipt. */
export async function createdItem(stand: Stand): Promise<Item> {
  const create = stand.environment('payouts-create');
  const event = eventOf({}, { 'Idempotency-Key': randomUUID() }, draft(), '/payouts');
  const { statusCode, body } = JSON.parse(await create.invoke(event));
  if (statusCode !== 201) throw new Error(`no payout was created: ${body}`);
  await create.end();
  const item = await stand.read(`payouts#acme#${JSON.parse(body).id}`);
  if (item === undefined) throw new Error('the payout that was created is not stored');
  return item;
}

/** Another payout with the same content, as the subject would have stored it. */
export function copyOf(
  item: Item,
  subject: Subject = 'holdfast',
): Item & { readonly pk: { readonly S: string } } {
  const {
    receipts: _,
    last: __,
    commit: ___,
    spilledUntil: ____,
    batches: _____,
    hidden: ______,
    ...plain
  } = item;
  return { ...(subject === 'holdfast' ? item : plain), pk: { S: `payouts#acme#${payoutId()}` } };
}

export const idOf = ({ pk }: Item): string => pk?.S?.split('#').at(-1) ?? '';

/** The tag by which a subject knows what is stored. */
export const etagOf = ({ version, commit }: Item): string =>
  commit === undefined ? `"${version?.N}"` : `"${version?.N}-${commit.S}"`;
