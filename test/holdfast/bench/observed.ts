import type { Call, DynamoDbProxy, Fate } from '../support/dynamodb-proxy.ts';
import { type Item, type Touch, touches } from './capacity.ts';

/** One item that a call has read or written. */
export interface Observed {
  readonly touch: Touch;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/**
 * What calls through a proxy touch while `during` runs, as it was before and after. Two calls that touch one item must not
 * overlap.
 * @param read reads an item unseen
 */
export async function observe(
  proxy: DynamoDbProxy,
  read: (table: string, key: Item) => Promise<Item | undefined>,
  during: () => Promise<unknown>,
): Promise<readonly Observed[]> {
  const observed: Observed[] = [];
  const standing = new Map<Call, readonly (Item | undefined)[]>();
  const look = ({ operation, input }: Call) =>
    Promise.all(touches(operation, input).map((each) => read(each.table, each.key)));
  const { fate, answered } = proxy;
  proxy.fate = async (call): Promise<Fate> => {
    standing.set(call, await look(call));
    return 'pass';
  };
  proxy.answered = async (call) => {
    const after = await look(call);
    for (const [i, each] of touches(call.operation, call.input).entries())
      observed.push({ touch: each, before: standing.get(call)?.[i], after: after[i] });
  };
  await during();
  Object.assign(proxy, { fate, answered });
  return observed;
}
