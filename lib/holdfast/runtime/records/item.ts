import { unmarshall } from '@aws-sdk/util-dynamodb';
import { decodeReceipts } from '../../core/decisions/receipts.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { Problem } from '../../core/problems/problem.ts';
import { idOf } from '../../core/store/keys.ts';
import type { Item } from '../../core/store/store.ts';
import type { Attributes } from '../aws/attributes.ts';

/** The shape of a resource's members that this release reads; a later one may write others. */
const SHAPE = 1;

/**
 * Reads the public part of an item, from the table or an index.
 * @throws Problem `temporarily-unavailable` for members in a shape that another release has written: they are never guessed
 */
export function readStored(attributes: Attributes): StoredResource {
  const { pk, state, version, commit, createdAt, updatedAt, data, hidden } = unmarshall(attributes);
  const { '#shape': shape = SHAPE } = data;
  if (shape !== SHAPE)
    throw new Problem('temporarily-unavailable', {
      cause: new Error(
        `${pk} is kept in shape ${shape}, and this release reads ${SHAPE}; deploy the release that wrote it`,
      ),
    });
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
    ...(attributes.erasedAt !== undefined && { isErased: true }),
  };
}
