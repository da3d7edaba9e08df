import { READ_SHARDS, WRITTEN_SHARDS } from '../../core/definitions/due-lists.ts';
import type { CloudFormationTemplate } from './templates.ts';

/** Partitions of the index of what is due: how many a release reads, and how many it writes to. */
export interface DueShards {
  readonly read: number;
  readonly written: number;
}

/** Those of this release; the template of its service stack says them, for the release after it. */
export const DUE_SHARDS: DueShards = { read: READ_SHARDS, written: WRITTEN_SHARDS };

/** Those of the release that a service stack's template is of. One from before there were any says nothing. */
export const dueShardsOf = ({ Metadata }: CloudFormationTemplate): DueShards =>
  Metadata?.holdfast?.dueShards ?? {
    read: 1,
    written: 1,
  };

/**
 * An operation in a partition that no sweep reads is forgotten should its start fail. Two releases run side by side during
 * a deployment, and after a rollback the older one runs alone: each has to read all that the other writes to.
 */
export function dueShardRefusals(
  before: DueShards | undefined,
  after: DueShards | undefined,
): readonly string[] {
  if (before === undefined || after === undefined) return [];
  return [
    ...(after.written > before.read
      ? [
          `operations would be due in ${after.written} partitions of the index by-due, and the deployed release reads ${before.read}; set WRITTEN_SHARDS to ${before.read} in lib/holdfast/core/definitions/due-lists.ts, deploy, then set it back to ${after.written} and deploy again`,
        ]
      : []),
    ...(after.read < before.written
      ? [
          `the deployed release has operations due in ${before.written} partitions of the index by-due, and this one would read ${after.read}; deploy a release that reads them all (READ_SHARDS in lib/holdfast/core/definitions/due-lists.ts)`,
        ]
      : []),
  ];
}
