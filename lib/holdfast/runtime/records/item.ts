import { unmarshall } from '@aws-sdk/util-dynamodb';
import { decodeBatches } from '../../core/decisions/receipt-batches.ts';
import { decodeReceipts } from '../../core/decisions/receipts.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { type Extendable, readMembers } from '../../core/definitions/resource-extension.ts';
import { idOf } from '../../core/store/keys.ts';
import type { Item } from '../../core/store/store.ts';
import type { Attributes } from '../aws/attributes.ts';

/**
 * Reads the public part of an item, from the table or an index.
 * @throws Problem `temporarily-unavailable` for members in a shape that another release has written: they are never guessed
 */
export const readStored = (resource: Extendable, attributes: Attributes): StoredResource =>
  storedIn(resource, unmarshall(attributes));

/** Reads an item of the table. */
export function readItem(resource: Extendable, attributes: Attributes): Item {
  const { receipts, batches } = attributes;
  const values = unmarshall(attributes);
  const { spilledUntil = 0, operations = 0, last, data, derived = {}, erasedAt } = values;
  return {
    stored: storedIn(resource, values),
    receipts: decodeReceipts(receipts?.B),
    spilledUntil,
    ...(batches?.B && { batches: decodeBatches(batches.B) }),
    operations,
    last,
    ...(resource.extensions && { kept: data ?? {}, derived }),
    ...(erasedAt !== undefined && { isErased: true }),
  };
}

const storedIn = (
  resource: Extendable,
  { pk, state, version, commit, createdAt, updatedAt, data, hidden }: ReturnType<typeof unmarshall>,
): StoredResource => ({
  id: idOf(pk),
  state,
  version,
  commit,
  createdAt,
  updatedAt,
  data: readMembers(resource, pk, data),
  ...(hidden && { hidden }),
});
