import { unmarshall } from '@aws-sdk/util-dynamodb';
import { decodeReceipts } from '../../core/decisions/receipts.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { type Extendable, formOf } from '../../core/definitions/resource-extension.ts';
import { Problem } from '../../core/problems/problem.ts';
import { idOf } from '../../core/store/keys.ts';
import type { Item, Values } from '../../core/store/store.ts';
import type { Attributes } from '../aws/attributes.ts';

/** The shape of members that no release has written in another one yet. */
const SHAPE = 1;

/**
 * Reads the public part of an item, from the table or an index.
 * @throws Problem `temporarily-unavailable` for members in a shape that another release has written: they are never guessed
 */
export function readStored(resource: Extendable, attributes: Attributes): StoredResource {
  const { pk, state, version, commit, createdAt, updatedAt, data, hidden } = unmarshall(attributes);
  const form = formOf(resource);
  if (form === undefined) checkShape(pk, data);
  return {
    id: idOf(pk),
    state,
    version,
    commit,
    createdAt,
    updatedAt,
    data: form === undefined ? data : form.read(data),
    ...(hidden && { hidden }),
  };
}

function checkShape(pk: string, { '#shape': shape = SHAPE }: Values) {
  if (shape !== SHAPE)
    throw new Problem('temporarily-unavailable', {
      cause: new Error(
        `${pk} is kept in shape ${shape}, and this release reads ${SHAPE}; deploy the release that wrote it`,
      ),
    });
}

/** Reads an item of the table. */
export function readItem(resource: Extendable, attributes: Attributes): Item {
  const { derived, data, last, erasedAt, receipts, spilledUntil, operations } = attributes;
  return {
    stored: readStored(resource, attributes),
    receipts: decodeReceipts(receipts?.B),
    spilledUntil: Number(spilledUntil?.N ?? 0),
    operations: Number(operations?.N ?? 0),
    last: last?.M && unmarshall(last.M),
    ...(resource.extensions && { kept: unmarshall(data?.M ?? {}), derived: unmarshall(derived?.M ?? {}) }),
    ...(erasedAt !== undefined && { isErased: true }),
  };
}
