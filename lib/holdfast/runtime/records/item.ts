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
export function readStored(resource: Extendable, attributes: Attributes): StoredResource {
  const { pk, state, version, commit, createdAt, updatedAt, data, hidden } = unmarshall(attributes);
  return {
    id: idOf(pk),
    state,
    version,
    commit,
    createdAt,
    updatedAt,
    data: readMembers(resource, pk, data),
    ...(hidden && { hidden }),
  };
}

/** Reads an item of the table. */
export function readItem(resource: Extendable, attributes: Attributes): Item {
  const { derived, data, last, erasedAt, receipts, spilledUntil, operations, batches } = attributes;
  return {
    stored: readStored(resource, attributes),
    receipts: decodeReceipts(receipts?.B),
    spilledUntil: Number(spilledUntil?.N ?? 0),
    ...(batches?.B && { batches: decodeBatches(batches.B) }),
    operations: Number(operations?.N ?? 0),
    last: last?.M && unmarshall(last.M),
    ...(resource.extensions && { kept: unmarshall(data?.M ?? {}), derived: unmarshall(derived?.M ?? {}) }),
    ...(erasedAt !== undefined && { isErased: true }),
  };
}
