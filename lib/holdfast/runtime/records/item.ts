import { unmarshall } from '@aws-sdk/util-dynamodb';
import { decodeReceipts, type Receipt } from '../../core/decisions/receipts.ts';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { idOf } from '../../core/store/keys.ts';
import type { Attributes } from '../aws/attributes.ts';

/** A resource's item: the resource, the receipts it holds, and whether it has spilled any. */
export interface Item {
  readonly stored: StoredResource;
  readonly receipts: readonly Receipt[];
  /** Epoch seconds until which spilled receipts are looked for; 0 where none were spilled. */
  readonly spilledUntil: number;
  /** How many operations it has had. */
  readonly operations: number;
  /** The event that made its version. */
  readonly last: Readonly<Record<string, unknown>> | undefined;
}

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
