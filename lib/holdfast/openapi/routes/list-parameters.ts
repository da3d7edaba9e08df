import * as z from 'zod';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { listsOf, type MemberList } from '../../core/definitions/resource-extension.ts';
import { inputSchema } from '../schemas/json-schema.ts';
import { type Node, nodesOf } from '../schemas/node.ts';
import { filter, parameter } from './parameters.ts';

/** What the lists of a resource are asked by. */
export interface ListsTold {
  readonly parameters: readonly Node[];
  readonly description: string;
  /** Lists by members. @default none */
  readonly lists?: Readonly<Record<string, Omit<MemberList, 'slot'>>>;
}

/** What a request for a list may say, and which lists there are. */
export function listsTold(resource: Resource): ListsTold {
  const lists = Object.entries(listsOf(resource)).map(
    ([name, { slot: _, ...list }]) => [name, list] as const,
  );
  const state = filter('state', 'Those in this state alone.', { type: 'string', enum: resource.states });
  const paging = [parameter('Limit'), parameter('Cursor'), parameter('ApiVersion')];
  const description = 'By an index that is about a second behind.';
  if (lists.length === 0) return { parameters: [state, ...paging], description };
  const sets = lists.map(([, { by }]) => by.join(' and '));
  const orders = lists.map(([, { by, order }]) => `${order} (by ${by.join(' and ')})`);
  return {
    parameters: [
      state,
      ...filtersOf(
        resource,
        lists.flatMap(([, { by }]) => by),
      ),
      ...(['from', 'to'] as const).map((end) =>
        filter(end, `${BOUNDS[end]} ${orders.join(', ')}, that included.`, { type: 'string' }),
      ),
      ...paging,
    ],
    description: `${description} Ask by exactly ${sets.join('; or by ')}; or by state; or by nothing.`,
    lists: Object.fromEntries(lists),
  };
}

const BOUNDS = { from: 'Of a list by members, the lowest', to: 'Of a list by members, the highest' };

/** A parameter for each member that a list is by, whose values are those of the member. */
function filtersOf({ members }: Resource, by: readonly string[]): readonly Node[] {
  const named = Object.fromEntries(
    by.map((name) => [name, true as const]).filter(([name]) => name !== 'state'),
  );
  const schemas = nodesOf(inputSchema(z.object(members.shape).pick(named)).properties);
  return Object.keys(named).map((name) =>
    filter(name, `Those whose ${name} is this alone.`, schemas[name] ?? {}),
  );
}
