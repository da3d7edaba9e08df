import { unmarshall } from '@aws-sdk/util-dynamodb';
import { decodeReceipts } from '../../core/decisions/receipts.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { idOf } from '../../core/store/keys.ts';
import type { Item } from '../../core/store/store.ts';
import type { Attributes } from '../aws/attributes.ts';

/** Reads the public part of an item, from the table or an index. */
export function readStored(attributes: Attributes): StoredResource {
  const { pk, state, version, commit, createdAt, updatedAt, data, hidden } = unmarshall(attributes);
  return { id: idOf(pk), state, version, commit, createdAt, updatedAt, data, ...(hidden && { hidden }) };
}

/** Reads an item of the table. */
export function readItem(attributes: Attributes): Item {
  return {
    stored: readStored(attributes),
    receipts: decodeReceipts(attributes.receipts?.B),
    spilledUntil: Number(attributes.spilledUntil?.N ?? 0),
    operations: Number(attributes.operations?.N ?? 0),
    last: attributes.last?.M && unmarshall(attributes.last.M),
  };
}
