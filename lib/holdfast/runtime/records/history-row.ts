import { KEY_PREFIXES } from '../../core/definitions/reserved-names.ts';
import type { OperationSubject } from '../../core/operations/operations.ts';
import { idOf, partitionKey, tenantOf } from '../../core/store/keys.ts';

/** What a version's own event says, as its write stored it. */
export interface EventImage {
  readonly pk: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly last?: Readonly<Record<string, unknown>> | undefined;
  readonly hidden?: { readonly subject: Pick<OperationSubject, 'resource' | 'version'> } | undefined;
}

const pad = (version: number) => String(version).padStart(10, '0');

/** Whether a page of a history may go on behind this: it is a sort key, or a version, or empty for the beginning. */
export const isHistoryOrder = (value: string): boolean => /^(?:\d{1,10}(?:\.\d{1,10})?)?$/.test(value);

/**
 * The row of a version, keyed by resource and version, so that a repeated event writes the same row again.
 * @param before the item before the change; undefined for one that was made
 * @returns undefined for an item that has no history, and for a change that made no version, as a backfill does
 */
export function historyRow(
  { pk, version, updatedAt, last, hidden }: EventImage,
  before?: Pick<EventImage, 'version'>,
) {
  if (last === undefined || version === before?.version) return undefined;
  // An operation's row stands in its resource's history, behind the version that accepted it. Internal members of a team's
  // resource are its own affair.
  const { subject } = pk.startsWith(`${KEY_PREFIXES.operations}#`) ? (hidden ?? {}) : {};
  if (subject === undefined) return { pk, sk: pad(version), at: updatedAt, ...last };
  const { type, id } = subject.resource;
  return {
    pk: partitionKey({ name: type }, tenantOf(pk), id),
    sk: `${pad(subject.version)}.${pad(version)}`,
    at: updatedAt,
    ...last,
    operation: idOf(pk),
  };
}
