import { idOf, partitionKey, tenantOf } from './item.ts';

/** What a version's own event says, as its write stored it. */
export interface EventImage {
  readonly pk: string;
  readonly version: number;
  readonly updatedAt: string;
  readonly last?: Readonly<Record<string, unknown>> | undefined;
  readonly hidden?:
    | {
        readonly subject: {
          readonly resource: { readonly type: string; readonly id: string };
          readonly version: number;
        };
      }
    | undefined;
}

const pad = (version: number) => String(version).padStart(10, '0');

/** Sort key of a version in a history; an operation's versions stand behind the version that accepted it. */
export const historyOrder = (version: number, operationVersion?: number): string =>
  operationVersion === undefined ? pad(version) : `${pad(version)}.${pad(operationVersion)}`;

/**
 * The row of a version, keyed by resource and version, so that a repeated event writes the same row again.
 * @returns undefined for an item that has no history
 */
export function historyRow({ pk, version, updatedAt, last, hidden }: EventImage) {
  if (last === undefined) return undefined;
  const { subject } = hidden ?? {};
  if (subject === undefined) return { pk, sk: historyOrder(version), at: updatedAt, ...last };
  const { type, id } = subject.resource;
  return {
    pk: partitionKey({ name: type }, tenantOf(pk), id),
    sk: historyOrder(subject.version, version),
    at: updatedAt,
    ...last,
    operation: idOf(pk),
  };
}
