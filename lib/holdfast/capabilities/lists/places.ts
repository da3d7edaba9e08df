import { hash } from 'node:crypto';
import type { StoredResource } from '../../core/definitions/representation.ts';
import type { Place } from '../../core/requests/listing.ts';
import type { NamedList } from './member-list.ts';

/**
 * Bytes that the key of a partition may have.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
 */
const MAX_KEY_BYTES = 2_048;

/** Integers from -2^53 on are in their order as texts of so many digits. */
const LOWEST = 2n ** 53n;

const DIGITS = 17;

/** A date, a time or an integer as a text that is in the same order; undefined for what is none of them. */
export function orderOf(value: unknown): string | undefined {
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? String(BigInt(value) + LOWEST).padStart(DIGITS, '0') : undefined;
  if (typeof value !== 'string') return undefined;
  const time = Date.parse(value);
  if (Number.isNaN(time) || DATE.test(value)) return Number.isNaN(time) ? undefined : value;
  // In UTC, and to the millisecond: two spellings of one time are in one place.
  const inUtc = new Date(time).toISOString();
  return inUtc.length === 'YYYY-MM-DDTHH:mm:ss.sssZ'.length ? inUtc : undefined;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Partition of a list: `orders#acme#byCustomer#<hash of the values>`, which holds no value of a member.
 * @param tenantList `orders#acme`
 * @returns undefined where a tenant's name leaves no room for it
 */
export function listKeyOf(tenantList: string, name: string, values: readonly unknown[]): string | undefined {
  const hashed = hash('sha256', JSON.stringify(values), 'buffer').subarray(0, 16).toString('base64url');
  const made = `${tenantList}#${name}#${hashed}`;
  return Buffer.byteLength(made) > MAX_KEY_BYTES ? undefined : made;
}

/** Where a resource stands in a list; undefined where it has not all that the list is by, or no order. */
export function placeIn(
  { name, by, order }: NamedList,
  tenantList: string,
  { id, state, createdAt, data }: StoredResource,
): Place | undefined {
  const members = new Map<string, unknown>(Object.entries({ ...data, state, createdAt }));
  const values = by.map((member) => members.get(member) ?? undefined);
  const at = orderOf(members.get(order));
  if (values.includes(undefined) || at === undefined) return undefined;
  const list = listKeyOf(tenantList, name, values);
  return list === undefined ? undefined : { list, order: `${at}#${id}` };
}
