import { describe, expect, test } from '@jest/globals';
import { type Action, stateAfter } from '../../core/definitions/define-action.ts';
import { encodeCursor } from '../../core/requests/cursor.ts';
import { eventually } from '../scene/eventually.ts';
import { type Answer, freshKey } from '../scene/request.ts';
import type { Person } from '../scene/requested.ts';
import type { Scene, Standing } from '../scene/scene.ts';
import { freshTenant } from '../scene/sign-in.ts';
import { receiptFacts } from './receipt-facts.ts';

const idsOf = (pages: readonly Answer[]): readonly string[] =>
  pages.flatMap(({ json }) => (json.items as { id: string }[]).map(({ id }) => id));

/** What reads of a resource keep: one, its list, its history. */
export function resourceFacts(scene: Scene, create: Action): void {
  const { resource } = create;
  const { name } = resource;
  const ways = scene.waysOf(resource);
  const state = ways.nearest[0] ?? create.to;
  const list = (query: string, from: Person) => scene.get(`/${name}${query}`, { from });

  async function pages(query: string, from: Person, cursor = ''): Promise<readonly Answer[]> {
    const page = await list(`${query}${cursor}`, from);
    const { nextCursor } = page.json;
    if (typeof nextCursor !== 'string') return [page];
    return [page, ...(await pages(query, from, `&cursor=${encodeURIComponent(nextCursor)}`))];
  }

  describe(`a list of ${name}`, () => {
    test(`a list of ${name} is newest first, in pages, each once, of one state if asked`, async () => {
      const from = { tenant: freshTenant() };
      const made: Standing[] = [];
      for (let i = 0; i < 7; i++) made.push(await scene.bring(resource, state, from));
      const newest = made.map(({ id }) => id).reverse();
      const step = ways.actions.find((each) => each.from?.includes(state) && each.operation === undefined);
      const moved = step === undefined ? [] : [4, 1].map((i) => made[i] as Standing);
      for (const on of moved) await scene.perform(step as Action, on, { from });
      const left =
        step === undefined || stateAfter(step, state) === state
          ? newest
          : newest.filter((id) => !moved.some((on) => on.id === id));

      const all = await pages('?limit=3', from);
      const some = await pages(`?limit=2&state=${state}`, from);
      const whole = await list(`?limit=100&state=${state}`, from);

      expect(all.map(({ json }) => (json.items as unknown[]).length)).toEqual([3, 3, 1]);
      expect(idsOf(all)).toEqual(newest);
      expect(idsOf(some)).toEqual(left);
      expect(idsOf([whole])).toEqual(left);
    });

    test(`a list of ${name} shows each as a read shows it, but for what may be done with it`, async () => {
      const from = { tenant: freshTenant() };
      const { answer } = await scene.bring(resource, state, from);

      const { json } = await list('', from);

      const { allowedActions: _, ...shown } = answer.json;
      expect(json.items).toEqual([expect.objectContaining(shown)]);
    });

    test(`a list of ${name} refuses a cursor that was not given for this tenant and filter, and every other wrong parameter`, async () => {
      const [from, mallory] = [{ tenant: freshTenant() }, { tenant: freshTenant() }];
      for (let i = 0; i < 2; i++) await scene.bring(resource, state, from);
      const { nextCursor } = (await list('?limit=1', from)).json;
      const cursor = String(nextCursor);

      const answers = await Promise.all([
        list(`?cursor=${cursor}`, mallory),
        list(`?state=${state}&cursor=${cursor}`, from),
        list(`?cursor=${cursor.slice(1)}`, from),
        list('?cursor=', from),
        list('?limit=0', from),
        list('?limit=101', from),
        list('?state=no-such-state', from),
        list(`?state=${'a'.repeat(2_048)}`, from),
        list(`?status=${state}`, from),
        list('?limit=1&limit=2', from),
      ]);

      expect(answers.map(({ status, json }) => [status, json.code])).toEqual(
        answers.map(() => [400, 'invalid-query']),
      );
      expect(answers[0]?.json).toMatchObject({
        errors: [{ parameter: 'cursor' }],
        recovery: 'fix-request',
      });
    });

    test.each([
      ['an id of 2 KB', { createdAt: '2026-11-25T07:02:45.894Z', id: 'a'.repeat(2_048) }],
      ['a time of 2 KB', { createdAt: 'a'.repeat(2_048), id: `${resource.idPrefix}_1` }],
    ])(`a list of ${name} refuses a cursor that somebody made up, with %s`, async (_, position) => {
      const from = { tenant: freshTenant() };
      const cursor = encodeCursor({ tenant: from.tenant, resource: name, filter: '' }, position);

      const answer = await list(`?cursor=${cursor}`, from);

      expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-query' } });
    });
  });

  describe(`${name}: who reads them`, () => {
    test(`${name} of another tenant are not there to read, to list, or in their history`, async () => {
      const from = { tenant: freshTenant() };
      const { id } = await scene.standing(resource, state);

      const answers = [
        await scene.get(`/${name}/${id}`, { from }),
        await scene.get(`/${name}/${id}/history`, { from }),
      ];
      const { json } = await list('', from);

      expect(answers.map((answer) => answer.json.code)).toEqual(['not-found', 'not-found']);
      expect(json.items).toEqual([]);
    });

    test(`${name} of a tenant whose name holds a separator do not meet another’s`, async () => {
      const tenant = freshTenant();
      await scene.bring(resource, state, { tenant: `${tenant}#x` });

      const { json } = await list('', { tenant });

      expect(json.items).toEqual([]);
    });

    test(`${name} work for a tenant whose name is encoded in three times as many bytes`, async () => {
      const from = { tenant: `${'日'.repeat(90)}${freshKey()}` };

      await scene.bring(resource, state, from);
      const { json } = await list(`?state=${state}`, from);

      expect(json.items).toHaveLength(1);
    });

    test(`${name}:read reads and lists ${name}, and a scope for something else does neither`, async () => {
      const { id } = await scene.standing(resource, state);
      const paths = [`/${name}/${id}`, `/${name}`, `/${name}/${id}/history`];
      const by = (scopes: string) => Promise.all(paths.map((path) => scene.get(path, { from: { scopes } })));

      const read = await by(`${name}:read`);
      const refused = await by(`${create.scope} other:thing`);

      expect(read.map(({ status }) => status)).toEqual([200, 200, 200]);
      expect(refused.map(({ json }) => json.code)).toEqual(paths.map(() => 'insufficient-scope'));
    });

    test.each([
      `/${name}/${resource.idPrefix}_${'0'.repeat(2_048)}`,
      `/${name}/${'a'.repeat(2_048)}/history`,
    ])('nothing is at %s', async (path) => {
      expect(await scene.get(path)).toMatchObject({ status: 404, json: { code: 'not-found' } });
    });
  });

  describe(`${name}: their history`, () => {
    test(`the history of ${name} tells each write: who did what, from which state to which`, async () => {
      const last = ways.nearest.at(-1) ?? state;
      const way = ways.to(last) ?? [];
      const { id, version } = await scene.bring(resource, last);

      const { json } = await eventually(
        'the history to be complete',
        () => scene.get(`/${name}/${id}/history`),
        (answer) => answer.json.completeToVersion === version,
      );

      const items = json.items as { action: string; to: string; actor: string; version: number }[];
      const done = way.map(({ action, from }) => ({
        action: action.name,
        to: stateAfter(action, from),
        actor: scene.exampleOf(action).by ?? 'alice',
      }));
      expect(items).toEqual(expect.arrayContaining(done.map((each) => expect.objectContaining(each))));
      const own = items.filter(({ to }) => resource.states.includes(to)).map((each) => each.version);
      expect([...new Set(own)].sort((a, b) => a - b)).toEqual(
        Array.from({ length: version }, (_, i) => i + 1),
      );
    });

    test.each([
      ['1,025 digits', '1'.repeat(1_025)],
      ['eleven digits', '1'.repeat(11)],
      ['points alone', '...'],
      ['no digits', 'x'],
    ])(`the history of ${name} is not read on behind %s`, async (_, after) => {
      const { id } = await scene.standing(resource, state);

      const answer = await scene.get(`/${name}/${id}/history?after=${after}`);

      expect(answer).toMatchObject({
        status: 400,
        json: { code: 'invalid-query', errors: [{ parameter: 'after' }] },
      });
    });

    test(`the history of ${name} takes no parameter that it does not know`, async () => {
      const { id } = await scene.standing(resource, state);

      const answer = await scene.get(`/${name}/${id}/history?before=1`);

      expect(answer).toMatchObject({ status: 400, json: { code: 'invalid-query' } });
    });
  });

  receiptFacts(scene, resource);
}
