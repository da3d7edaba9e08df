import { beforeEach, expect, test } from '@jest/globals';
import { ask, backfill, edit as change, guards, load, made, open } from './floor.ts';
import { before, create, edit } from './shop.ts';

// Two releases side by side: the one before changes products and knows nothing of the rule, and what it leaves behind is put
// right whenever the next release writes, or a backfill runs.

beforeEach(open);

type Step = 'renamed' | 'taken' | 'written' | 'repaired';

/** Every order of steps. */
const ordersOf = (steps: readonly Step[]): readonly (readonly Step[])[] =>
  steps.length < 2
    ? [steps]
    : steps.flatMap((step) => ordersOf(steps.filter((each) => each !== step)).map((rest) => [step, ...rest]));

const STEPS: readonly Step[] = ['renamed', 'taken', 'written', 'repaired'];

/** What each does, with the product that has the value first. */
const DOES: Readonly<Record<Step, (one: string) => Promise<unknown>>> = {
  // The release before gives a product another value.
  renamed: (one) => change(before.edit, one, { sku: 'B' }),
  // The next release makes one with the value that was freed, and with the new one.
  taken: async () => [await ask(create, { input: { sku: 'A' } }), await ask(create, { input: { sku: 'B' } })],
  written: (one) => change(edit, one, { note: 'x' }),
  repaired: (one) => backfill(one),
};

/** Products by their values, and by the guards that they hold. */
async function owners(ids: readonly string[]) {
  const skus = await Promise.all(ids.map(async (id) => (await load(id))?.stored.data.sku));
  return { skus, guards: guards().map(([, owner]) => owner) };
}

test.each(ordersOf(STEPS).map((steps) => [steps.join(', '), steps] as const))(
  'a value has one owner, whatever is done in which order: %s, rolled back, and repaired',
  async (_, steps) => {
    const one = await made({ sku: 'A' });
    const ids = [one];
    for (const step of steps) {
      const done = await DOES[step](one);
      if (Array.isArray(done))
        ids.push(...done.flatMap(({ status, json }) => (status === 201 ? [json.id] : [])));
    }
    // The release before once more, which neither holds a value nor lets one go.
    const late = await made({ sku: 'C' }, before.create);
    await change(before.edit, late, { note: 'x' });
    ids.push(late);
    const left: string[] = [];
    for (const id of ids) left.push(...(await backfill(id)));

    const { skus, guards: held } = await owners(ids);
    // Whoever holds no guard of its value shares it with the one who does, and is told of.
    expect(held).toHaveLength(new Set(skus).size);
    expect(new Set(held).size).toBe(held.length);
    expect(left).toEqual(ids.filter((id) => !held.includes(id)).map((id) => `guard:sku:${id}`));
    // From here on no two have one value: each that is there is refused.
    for (const sku of new Set(skus))
      expect(await ask(create, { input: { sku } })).toMatchObject({ status: 409 });
  },
);
