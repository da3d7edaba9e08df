import { tearsIn } from '../../../lib/holdfast/cli/audit/walk.ts';
import type { Resource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import type { Values } from '../../../lib/holdfast/core/store/store.ts';
import { type Attributes, read, write } from '../../../lib/holdfast/runtime/aws/attributes.ts';
import type { Item } from '../../../lib/holdfast/testing/explore/store/expression.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';

const TABLE = 'RecordsTable';

/** An item of a world as the SDK gives it; receipts stay the text that they are there, of which nothing here is judged. */
export const attributesOf = (text: string): Attributes => {
  const item: Item = JSON.parse(text);
  return write(read<Values>(item));
};

/** What `npm run audit` finds in a world: records that do not fit, in words; undefined for none. */
export async function tornIn(world: World, definition: Resource): Promise<string | undefined> {
  const torn: string[] = [];
  const records = {
    resources: [{ definition, file: '', actions: [] }],
    table: TABLE,
    async get(pk: string) {
      const text = world.get(`${TABLE}/${pk}`);
      return text === undefined ? undefined : attributesOf(text);
    },
    async *all() {
      for (const [, text] of world.under(`${TABLE}/`)) yield attributesOf(text);
    },
  };
  for await (const { what } of tearsIn(records)) torn.push(what);
  return torn.length === 0 ? undefined : `an audit finds: ${torn.join('; ')}`;
}
