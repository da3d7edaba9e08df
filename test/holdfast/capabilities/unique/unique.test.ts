import { beforeEach, describe, expect, test } from '@jest/globals';
import { ask, edit as change, guards, load, made, meets, open, spared, versions } from './floor.ts';
import { before, create, edit, editAll, lesser } from './shop.ts';

beforeEach(open);

const taken = (...pointers: readonly string[]) => ({
  status: 409,
  json: {
    code: 'already-exists',
    category: 'conflict',
    recovery: 'fix-request',
    errors: pointers.map((pointer) => ({ pointer, detail: 'is taken' })),
  },
});

describe('a value under a rule', () => {
  test('is one resource alone: a create that takes it as well is refused, names the members, and stores nothing', async () => {
    const one = await made({ sku: 'A', maker: 'M', number: 1 });

    expect(await ask(create, { input: { sku: 'A' } })).toMatchObject(taken('/sku'));
    expect(await ask(create, { input: { maker: 'M', number: 1 } })).toMatchObject(taken('/maker', '/number'));
    expect(await ask(create, { input: { maker: 'M', number: 2 } })).toMatchObject({ status: 201 });
    expect(versions()).toBe(2);
    expect(guards()).toContainEqual(['acme sku', one]);
  });

  test('is held to in each tenant by itself', async () => {
    await made({ sku: 'A' });

    expect(await ask(create, { tenant: 'other', input: { sku: 'A' } })).toMatchObject({ status: 201 });
  });

  test('that is missing, or of which a member is, is held by nobody', async () => {
    await made({ maker: 'M' });
    await made({ maker: 'M' });

    expect(guards()).toEqual([]);
  });

  test('of one type is not the same of another', async () => {
    await made({ maker: '1', number: 2 });
    expect(await ask(create, { input: { maker: '1,2', number: 2 } })).toMatchObject({ status: 201 });
  });

  test('is let go by whoever takes another one, or none', async () => {
    const one = await made({ sku: 'A' });
    await change(edit, one, { sku: 'B' });
    await made({ sku: 'A' });
    await change(edit, one, { sku: null });
    await made({ sku: 'B' });

    expect(guards()).toHaveLength(2);
    expect(guards()).not.toContainEqual(['acme sku', one]);
  });

  test('is taken by an action that changes it as by a create', async () => {
    await made({ sku: 'A' });
    const other = await made({ sku: 'B' });

    expect(await change(edit, other, { sku: 'A' })).toMatchObject(taken('/sku'));
    expect((await load(other))?.stored).toMatchObject({ version: 1, data: { sku: 'B' } });
  });

  test('costs a write nothing that leaves it alone', async () => {
    const one = await made({ sku: 'A' });
    const held = guards();
    await change(edit, one, { note: 'x' });

    expect(guards()).toEqual(held);
    expect((await load(one))?.derived).toEqual({
      guards: { sku: expect.stringMatching(/^unique#products#acme#sku#/) },
    });
  });
});

describe('who has a value', () => {
  const told = async (scopes: string, sku = 'A') => (await ask(create, { input: { sku }, scopes })).json;

  test('is told to whoever may read it, by its place, and to nobody else', async () => {
    const one = await made({ sku: 'A' });
    const existing = { type: 'products', id: one, href: `/products/${one}` };

    expect(await told('products:create products:read')).toMatchObject({ code: 'already-exists', existing });
    expect(await told('products:*')).toMatchObject({ existing });
    expect(await told('products:create orders:read')).not.toHaveProperty('existing');
  });

  test('is who holds it now, whoever had it before', async () => {
    const one = await made({ sku: 'A' });
    await change(edit, one, { sku: 'B' });
    const other = await made({ sku: 'A' });

    expect(await told('products:*')).toMatchObject({ existing: { id: other } });
  });
});

describe('a request that meets another one', () => {
  test('under its own key is replayed, though the guard of its value is the first thing that stands in its way', async () => {
    meets(() => ask(create, { key: 'k', input: { sku: 'A' } }));

    expect(await ask(create, { key: 'k', input: { sku: 'A' } })).toMatchObject({
      status: 201,
      replayed: true,
    });
    expect(versions()).toBe(1);
  });

  test('for the same value is refused', async () => {
    meets(() => ask(create, { input: { sku: 'A' } }));

    expect(await ask(create, { input: { sku: 'A' } })).toMatchObject(taken('/sku'));
    expect(versions()).toBe(1);
  });

  test('that has changed the resource is told so before all else', async () => {
    const one = await made({ sku: 'A' });
    const { stored: { commit = '' } = {} } = (await load(one)) ?? {};
    meets(async () => {
      await made({ sku: 'B' });
      await change(edit, one, { note: 'x' });
    });

    const asked = ask(edit, { id: one, ifMatch: `"1-${commit}"`, input: { sku: 'B' } });
    expect(await asked).toMatchObject({ status: 412, json: { code: 'version-mismatch' } });
  });
});

describe('a swap', () => {
  test('in two requests has the second refused until the first has let go', async () => {
    const one = await made({ sku: 'A' });
    const other = await made({ sku: 'B' });

    expect(await change(edit, one, { sku: 'B' })).toMatchObject(taken('/sku'));
    await change(edit, other, { sku: 'C' });
    expect(await change(edit, one, { sku: 'B' })).toMatchObject({ status: 200 });
    expect(await change(edit, other, { sku: 'A' })).toMatchObject({ status: 200 });
  });

  test('in one decision moves each guard to its new owner in one write', async () => {
    const one = await made({ sku: 'A' });
    const other = await made({ sku: 'B' });

    const input = { own: { sku: 'B' }, others: { [other]: { sku: 'A' } } };
    expect(await change(editAll, one, input)).toMatchObject({ status: 200, json: { sku: 'B' } });
    expect(guards().map(([, owner]) => owner)).toEqual([other, one]);
    expect(await ask(create, { input: { sku: 'A' } })).toMatchObject(taken('/sku'));
  });

  test('that gives two of one decision one value is refused before anything is written', async () => {
    const one = await made({ sku: 'A' });
    const other = await made({ sku: 'B' });

    const input = { own: { sku: 'C' }, others: { [other]: { sku: 'C' } } };
    expect(await change(editAll, one, input)).toMatchObject(taken('/sku'));
    expect(versions()).toBe(2);
  });
});

describe('what a release has left behind that does not know of the rule', () => {
  test('is put right by the next write: the old value is let go, and the new one held', async () => {
    const one = await made({ sku: 'A' });
    await change(before.edit, one, { sku: 'B' });
    expect(await ask(create, { input: { sku: 'A' } })).toMatchObject(taken('/sku'));

    await change(edit, one, { note: 'x' });

    expect(await ask(create, { input: { sku: 'B' } })).toMatchObject(taken('/sku'));
    expect(await ask(create, { input: { sku: 'A' } })).toMatchObject({ status: 201 });
    expect(spared).toEqual([]);
  });

  test('does not stand in the way of who changes something else, though the value is by then of another; it is counted', async () => {
    const one = await made({ sku: 'A' });
    await change(before.edit, one, { sku: 'B' });
    const other = await made({ sku: 'B' });

    expect(await change(edit, one, { note: 'x' })).toMatchObject({
      status: 200,
      json: { sku: 'B', note: 'x' },
    });
    expect(spared).toEqual(['products.sku']);
    expect(guards()).toEqual([['acme sku', other]]);
    expect((await load(one))?.derived).toEqual({});
    expect(versions()).toBe(4);
  });

  test('is taken up again as soon as the other one has let go', async () => {
    const one = await made({ sku: 'A' });
    await change(before.edit, one, { sku: 'B' });
    const other = await made({ sku: 'B' });
    await change(edit, one, { note: 'x' });
    await change(edit, other, { sku: 'C' });
    await change(edit, one, { note: 'y' });

    expect(guards()).toContainEqual(['acme sku', one]);
  });

  test('is no reason to let go what is of another: who has it by now keeps it', async () => {
    const one = await made({ sku: 'A' });
    const other = await made({ sku: 'B' });
    // Both held by the second, as a table has it that was put together of two backups.
    await change(before.edit, one, { sku: 'B' });
    await change(editAll, one, { own: {}, others: { [other]: { note: 'x' } } });

    expect(guards()).toEqual([['acme sku', other]]);
    expect(spared).toEqual(['products.sku']);
  });

  test('of another rule stays known, so that a release that has it can let it go', async () => {
    const one = await made({ sku: 'A', maker: 'M', number: 1 });
    await change(lesser.edit, one, { sku: 'B', number: 2 });
    expect(guards()).toHaveLength(2);
    await change(edit, one, { note: 'x' });

    expect(await ask(create, { input: { maker: 'M', number: 1 } })).toMatchObject({ status: 201 });
    expect(await ask(create, { input: { maker: 'M', number: 2 } })).toMatchObject(taken('/maker', '/number'));
  });

  test('is left alone by a decision on another resource that changes no member of the rule', async () => {
    const one = await made({ sku: 'A' });
    const side = await made({ sku: 'B' }, before.create);
    await change(editAll, one, { own: {}, others: { [side]: { note: 'x' } } });

    expect(guards()).toEqual([['acme sku', one]]);
  });
});

describe('what is written at once', () => {
  const LONG = 'x'.repeat(200_000);

  test('is refused where an item would be too large for its table, and nothing is written', async () => {
    const one = await made({ note: LONG });

    expect(await change(edit, one, { sku: LONG })).toMatchObject({
      status: 422,
      json: {
        code: 'too-large',
        recovery: 'fix-request',
        detail: expect.stringMatching(/^the product would take 39\d KB, and at most 390 KB fit/),
      },
    });
    expect(versions()).toBe(1);
  });

  test('is refused where all of it would be too large for one write', async () => {
    const one = await made({});
    const others: string[] = [];
    for (let i = 0; i < 20; i++)
      others.push(await made({ note: `${LONG}${LONG.slice(0, 10_000)}`, sku: `${i}` }));

    const answer = await change(editAll, one, {
      own: {},
      others: Object.fromEntries(others.map((id, i) => [id, { sku: `new-${i}` }])),
    });

    expect(answer).toMatchObject({ status: 422, json: { code: 'too-large' } });
    expect(answer.json.detail).toMatch(/^all that is written would take 4,1\d\d KB, and at most 3,994 KB/);
    expect(versions()).toBe(21);
  });
});
