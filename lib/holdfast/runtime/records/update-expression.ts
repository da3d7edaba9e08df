import { randomBytes } from 'node:crypto';
import type { ConditionCheck, Update } from '@aws-sdk/client-dynamodb';
import type { StoredResource } from '../../core/definitions/representation.ts';
import { stateOrder } from '../../core/store/keys.ts';
import { write } from '../aws/attributes.ts';
import { TableName } from './records-table.ts';

/** Random bytes in an ETag: 24 bits tell a version from the one that had its number before a restore. */
const COMMIT_BYTES = 3;

export const newCommit = (): string => randomBytes(COMMIT_BYTES).toString('base64url');

/** What an update of a resource's item stores. */
export interface ResourceUpdate {
  readonly pk: string;
  /** The version that the decision was made on. */
  readonly read: StoredResource;
  readonly next: StoredResource;
  /** Members to set, or to remove where `null`. */
  readonly changes: Readonly<Record<string, unknown>>;
  /** Internal members to set, or to remove where `null`. @default none */
  readonly hidden?: Readonly<Record<string, unknown>>;
  /** Attributes of the item itself to set, or to remove where `null`. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Who holds the resource, and in which state: with another, the update fails. @default whoever */
  readonly held?: { readonly state: string; readonly operation: string };
}

const IS_READ = '#version = :version AND #commit = :commit';

const readAs = ({ version, commit }: StoredResource) => ({ ':version': version, ':commit': commit });

/** A check that an item is as it was read, or is still not there. */
export const unchanged = (pk: string, read: StoredResource | undefined): ConditionCheck => ({
  TableName,
  Key: write({ pk }),
  ...(read === undefined
    ? { ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ConditionExpression: IS_READ,
        ExpressionAttributeNames: { '#version': 'version', '#commit': 'commit' },
        ExpressionAttributeValues: write(readAs(read)),
      }),
});

/**
 * An update on condition that the version read still stands, and that asks for the item that stands there otherwise. It
 * names every attribute it touches, and no other: what a release does not know stays as it is. Names, values and
 * expression are built together.
 */
export function conditionalUpdate(update: ResourceUpdate): Update & { UpdateExpression: string } {
  const { pk, read, next, changes, hidden = {}, attributes, held } = update;
  const { state, version, commit, updatedAt, createdAt } = next;
  const own = { state, version, commit, updatedAt, stateOrder: stateOrder(state, createdAt), ...attributes };
  const names: Record<string, string> = { '#version': 'version', '#commit': 'commit' };
  const values: Record<string, unknown> = readAs(read);
  const set: string[] = [];
  const remove: string[] = [];
  const touch = (path: string, value: unknown) => {
    if (value === null) {
      remove.push(path);
      return;
    }
    const placeholder = `:v${set.length}`;
    set.push(`${path} = ${placeholder}`);
    values[placeholder] = value;
  };
  for (const [name, value] of Object.entries(own)) {
    names[`#${name}`] = name;
    touch(`#${name}`, value);
  }
  // A path leads into a map that is there: the first internal member brings it along.
  const isFirst = read.hidden === undefined && Object.keys(hidden).length > 0;
  if (isFirst) {
    names['#hidden'] = 'hidden';
    touch('#hidden', Object.fromEntries(Object.entries(hidden).filter(([, value]) => value !== null)));
  }
  for (const [map, members] of Object.entries({ data: changes, ...(!isFirst && { hidden }) })) {
    for (const [i, [member, value]] of Object.entries(members).entries()) {
      names[`#${map}`] = map;
      names[`#${map}${i}`] = member;
      touch(`#${map}.#${map}${i}`, value);
    }
  }
  const isHeld = '#state = :held AND #data.#by.#byId = :by';
  if (held !== undefined) {
    Object.assign(names, { '#data': 'data', '#by': 'operation', '#byId': 'id' });
    Object.assign(values, { ':held': held.state, ':by': held.operation });
  }
  return {
    TableName,
    Key: write({ pk }),
    UpdateExpression: `SET ${set.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
    ConditionExpression: held === undefined ? IS_READ : `${IS_READ} AND ${isHeld}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: write(values),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}
