import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { isPlain, kindOf } from '../../core/values/storable.ts';

/** A DynamoDB item or key. */
export type Attributes = Record<string, AttributeValue>;

/**
 * Values as DynamoDB stores them; members that are undefined are left out at any depth. A value is taken for what it is:
 * the SDK's own `marshall` asks its member `constructor` what it is, and a client may call a member so.
 * @throws TypeError for what is neither JSON nor bytes
 */
export const write = (values: object): Attributes =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, attribute(value)]),
  );

/** What was written, of the form that its writer gave it. @param item or an image of one, as a stream tells of it */
export const read = <T>(item: object): T => unmarshall(item as Attributes) as T;

function attribute(value: unknown): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Number.isFinite(value)) return { N: String(value) };
  if (value instanceof Uint8Array) return { B: value };
  if (Array.isArray(value)) return { L: value.filter((each) => each !== undefined).map(attribute) };
  if (typeof value === 'object' && isPlain(value)) return { M: write(value) };
  throw new TypeError(
    `a ${typeof value === 'object' ? kindOf(value) : typeof value} cannot be stored in DynamoDB; write JSON or bytes`,
  );
}
