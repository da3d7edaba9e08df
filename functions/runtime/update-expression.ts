import type { Update } from '@aws-sdk/client-dynamodb';
import type { StoredResource } from '../core/representation.ts';
import { environment } from './environment.ts';
import { stateOrder, write } from './item.ts';

const TableName = environment('RECORDS_TABLE');

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
}

/**
 * An update on condition that the version read still stands, and that asks for the item that stands there otherwise. It
 * names every attribute it touches, and no other: what a release does not know stays as it is. Names, values and
 * expression are built together.
 */
export function conditionalUpdate(update: ResourceUpdate): Update & { UpdateExpression: string } {
  const { pk, read, next, changes, hidden = {}, attributes } = update;
  const { state, version, commit, updatedAt, createdAt } = next;
  const own = { state, version, commit, updatedAt, stateOrder: stateOrder(state, createdAt), ...attributes };
  const names: Record<string, string> = { '#version': 'version', '#commit': 'commit' };
  const values: Record<string, unknown> = { ':version': read.version, ':commit': read.commit };
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
  return {
    TableName,
    Key: write({ pk }),
    UpdateExpression: `SET ${set.join(', ')}${remove.length > 0 ? ` REMOVE ${remove.join(', ')}` : ''}`,
    ConditionExpression: '#version = :version AND #commit = :commit',
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: write(values),
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  };
}
