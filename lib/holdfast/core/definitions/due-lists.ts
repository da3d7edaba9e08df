import { KEY_PREFIXES } from './reserved-names.ts';

/**
 * Partitions of the index of what is due that this release reads. One partition takes 1,000 write units a second, and an
 * index that cannot follow throttles its table, so one partition for all operations would bound the whole stage.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html
 */
export const READ_SHARDS = 8;

/**
 * Partitions that this release writes to. A release may write only to those that the release before it reads, because
 * both run side by side; `npm run deploy` holds it against the deployed one.
 */
export const WRITTEN_SHARDS = 8;

/** The first has the key that it had when it was the only one. */
const dueListOf = (shard: number): string =>
  shard === 0 ? `${KEY_PREFIXES.operations}#due` : `${KEY_PREFIXES.operations}#due#${shard}`;

/** Partition keys of the index of what is due. */
export const DUE_LISTS: readonly string[] = Array.from({ length: READ_SHARDS }, (_, shard) =>
  dueListOf(shard),
);

/**
 * The partition that an operation is due in: always the same one for the same id, and about as many ids in each.
 * @param written {@link WRITTEN_SHARDS} of the release that writes
 */
export const dueList = (id: string, written: number = WRITTEN_SHARDS): string =>
  dueListOf(fnv1a(id) % written);

/** A hash that spreads short texts evenly, in 32 bits. @see https://datatracker.ietf.org/doc/html/rfc9923 */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}
