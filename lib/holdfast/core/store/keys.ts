import type { Resource } from '../definitions/define-resource.ts';
import { KEY_PREFIXES } from '../definitions/reserved-names.ts';
import { Problem } from '../problems/problem.ts';

/**
 * Bytes that a partition key may have; a sort key may have half as many.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const MAX_KEY_BYTES = 2_048;

/**
 * Every partition key is made here, of parts that hold no separator or of a last one that may. One that is too long for
 * the store names nothing that is there: part of it came from outside, as a partner's reference does.
 * @throws Problem `not-found`
 */
function key(...parts: readonly string[]): string {
  const made = parts.join('#');
  if (Buffer.byteLength(made) > MAX_KEY_BYTES) throw new Problem('not-found');
  return made;
}

/** `payouts#acme`: the partition of a tenant's list. Percent-encoding keeps a tenant's name from holding the separator. */
export const listKey = ({ name }: Pick<Resource, 'name'>, tenant: string): string =>
  key(name, encodeURIComponent(tenant));

/** `payouts#acme#po_…`: begins with the resource type, so that a role can be bound to it, and with the tenant. */
export const partitionKey = (resource: Pick<Resource, 'name'>, tenant: string, id: string): string =>
  key(listKey(resource, tenant), id);

/** The shared state of a partner. */
export const partnerKey = (partner: string): string => key(KEY_PREFIXES.partners, partner);

/** Where a command and its callback meet, by our reference. */
export const referenceKey = (partner: string, reference: string): string =>
  key(KEY_PREFIXES.references, partner, reference);

/** The record of a command, in the table of receipts. */
export const commandKey = (command: string): string => key(KEY_PREFIXES.commands, command);

/** What of a resource a backfill has completed. */
export const backfillKey = ({ name }: Pick<Resource, 'name'>): string => key('backfills', name);

/** The requests that wait in one window of time. */
export const waitsKey = (window: number, tenant?: string): string =>
  tenant === undefined
    ? key(KEY_PREFIXES.waits, String(window))
    : key(KEY_PREFIXES.waits, String(window), encodeURIComponent(tenant));

/** A receipt that an item has spilled. */
export const spilledReceiptKey = (pk: string, hash: string): string => key(pk, hash);

/** The id at the end of a partition key. */
export const idOf = (pk: string): string => pk.slice(pk.lastIndexOf('#') + 1);

/** The tenant in a partition key. */
export const tenantOf = (pk: string): string => decodeURIComponent(pk.split('#')[1] ?? '');

/** Sort key of the list of one state, newest first when read backwards. */
export const stateOrder = (state: string, createdAt: string): string => `${state}#${createdAt}`;
