import { isDeepStrictEqual } from 'node:util';
import { expect, test } from '@jest/globals';
import { type Action, stateAfter } from '../../core/definitions/define-action.ts';
import { SAME } from '../../core/definitions/reserved-names.ts';
import { nameOf } from '../examples.ts';
import { otherInput } from '../other-input.ts';
import { eventually } from '../scene/eventually.ts';
import { type Answer, freshKey } from '../scene/request.ts';
import type { Scene, Standing } from '../scene/scene.ts';
import { freshTenant } from '../scene/sign-in.ts';
import { toldOf, unreadable } from '../told.ts';

/** What an action on a resource that exists does, replays and refuses. */
export function transitionFacts(scene: Scene, action: Action): void {
  const name = nameOf(action);
  const { resource, from = [], operation } = action;
  const ways = scene.waysOf(resource);
  const moves = ways.standing
    .filter((state) => from.includes(state))
    .map((state) => [state, stateAfter(action, state)] as const);
  const closed = ways.standing.filter((state) => !from.includes(state));
  const first = ways.nearest.find((state) => from.includes(state));

  test.each(moves)(
    `${name} leads from '%s' to '%s', and what it was told can be read again`,
    async (state) => {
      const on = await scene.bring(resource, state);

      const key = freshKey();
      const done = await scene.perform(action, on, { key, from: { scopes: action.scope } });
      const ended = operation && (await scene.follow(done));
      const read = await scene.read(resource, on.id);

      expect(done).toMatchObject({ status: operation === undefined ? 200 : 202, replayed: false });
      expect(done.etag).toMatch(new RegExp(`^"${on.version + 1}-[\\w-]{4}"$`));
      const before = on.answer.json;
      const { json: after } = read.answer;
      const wasLeft = (member: string) =>
        before[member] !== undefined && isDeepStrictEqual(before[member], after[member]);
      const told = toldOf(action, await scene.inputOf(scene.exampleOf(action).input, scene.tenant, key));
      const shown = { resource: after, result: ended?.json.result, wasLeft };
      expect(unreadable(action, told, shown)).toEqual([]);
    },
  );

  if (operation === undefined)
    test.each(moves)(
      `${name} answers in '%s' what a read then answers, and the actions that '%s' permits`,
      async (state, to) => {
        const on = await scene.bring(resource, state);

        const done = await scene.perform(action, on);
        const { answer } = await scene.read(resource, on.id);

        expect(done.json).toMatchObject({ id: on.id, state: to, version: on.version + 1 });
        expect([...(done.json.allowedActions as string[])].sort()).toEqual(scene.allowed(resource, to));
        // Not to the byte: DynamoDB keeps no order of what a member holds.
        expect(answer.json).toEqual(done.json);
        expect(answer.etag).toBe(done.etag);
      },
    );
  if (action.to === SAME)
    test.each(moves)(
      `${name} leaves '%s' as it is, which the history tells as one version from there to '%s'`,
      async (state, to) => {
        const on = await scene.bring(resource, state);

        const done = await scene.perform(action, on);
        const { json } = await eventually(
          'the history to be complete',
          () => scene.get(`/${resource.name}/${on.id}/history`),
          (answer) => answer.json.completeToVersion === done.json.version,
        );

        const own = { action: action.name, from: state, to, version: on.version + 1 };
        expect(json.items).toEqual(expect.arrayContaining([expect.objectContaining(own)]));
      },
    );
  if (first === undefined) return;

  test(`a replay of ${name} returns the first answer to the byte after the state has moved on, though If-Match is stale, missing or malformed`, async () => {
    const on = await scene.bring(resource, first);
    const key = freshKey();
    const done = await scene.perform(action, on, { key });
    if (operation !== undefined) await scene.follow(done);
    const { answer, id, etag } = await scene.read(resource, on.id);
    const next = ways.actions.find((each) => each.from?.includes(String(answer.json.state)));
    if (next !== undefined) await scene.perform(next, { id, etag });

    const stale = await scene.perform(action, on, { key });
    const missing = await scene.perform(action, on, { key, ifMatch: undefined });
    const malformed = await scene.perform(action, on, { key, ifMatch: 'x' });
    const quoted = await scene.perform(action, on, { key: `"${key}"` });

    for (const replay of [stale, missing, malformed, quoted]) {
      expect(replay).toMatchObject({
        status: done.status,
        replayed: true,
        text: done.text,
        etag: done.etag,
      });
      for (const header of ['Location', 'Idempotency-Expires'])
        expect(replay.headers.get(header)).toBe(done.headers.get(header));
    }
  });

  test(`${name} refuses its key for another input, another action and another person, before its version is looked at`, async () => {
    const on = await scene.bring(resource, first);
    const key = freshKey();
    await scene.perform(action, on, { key });
    const body = otherInput(action, await scene.inputOf(scene.exampleOf(action).input));
    const another = ways.actions.find((each) => each.from !== undefined && each !== action);

    const answers = await Promise.all([
      scene.perform(action, on, { key, from: { subject: 'somebody-else' } }),
      ...(body === undefined ? [] : [scene.perform(action, on, { key, body, ifMatch: undefined })]),
      ...(another === undefined ? [] : [scene.perform(another, on, { key })]),
    ]);
    const invalid = await scene.perform(action, on, { key, body: { unknown: 1 } });

    for (const { json } of answers)
      expect(json).toMatchObject({
        status: 422,
        code: 'idempotency-key-reused',
        recovery: 'fix-request',
      });
    expect(invalid.json.code).toBe('invalid-input');
  });

  test(`a replay of ${name} passes authorization anew, and is nothing to another tenant`, async () => {
    const on = await scene.bring(resource, first);
    const key = freshKey();
    await scene.perform(action, on, { key });

    const reader = await scene.perform(action, on, { key, from: { scopes: `${resource.name}:read` } });
    const stranger = await scene.perform(action, on, { key, from: { tenant: freshTenant() } });

    expect(reader.json.code).toBe('insufficient-scope');
    expect(stranger.json).toMatchObject({ status: 404, code: 'not-found' });
  });

  test(`${name} may be sent again under the key of a request that was refused`, async () => {
    const on = await scene.bring(resource, first);
    const key = freshKey();

    const refused = await scene.perform(action, on, { key, ifMatch: '"999-stale"' });
    const done = await scene.perform(action, on, { key });

    expect(refused.status).toBe(412);
    expect(done).toMatchObject({ status: operation === undefined ? 200 : 202, replayed: false });
  });

  test(`${name} refuses a stale version with what stands, and a request without one`, async () => {
    const on = await scene.standing(resource, first);

    const stale = await Promise.all(
      ['"999-stale"', ...on.earlier].map((ifMatch) => scene.perform(action, on, { ifMatch })),
    );
    const missing = await scene.perform(action, on, { ifMatch: undefined });

    for (const refused of stale) expectConflict(refused, on, 'version-mismatch', 412);
    expect(missing.json).toMatchObject({ status: 428, code: 'version-required' });
  });

  test(
    action.anyVersion
      ? `${name} is done on any version where If-Match is *`
      : `${name} refuses If-Match: *, which names no version that was seen`,
    async () => {
      const on = await scene.bring(resource, first);

      const answer = await scene.perform(action, on, { ifMatch: '*' });

      expect(answer.json.code).toBe(action.anyVersion ? undefined : 'version-required');
      expect(answer.status).toBe(action.anyVersion ? (operation === undefined ? 200 : 202) : 428);
    },
  );

  if (closed.length > 0)
    test.each(closed)(`${name} is refused in '%s', with what stands`, async (state) => {
      const on = await scene.standing(resource, state);

      const refused = await scene.perform(action, on);

      expectConflict(refused, on, 'illegal-transition', 409);
      expect(refused.json.detail).toBe(
        `${action.name} needs state ${from.join(' or ')}; the ${resource.singular} is ${state}`,
      );
    });

  test(`${name} needs its own scope, which is named, and no other`, async () => {
    const on = await scene.standing(resource, first);
    const others = ways.actions.filter((each) => each !== action).map(({ scope }) => scope);
    const scopes = [`${resource.name}:read`, ...others].join(' ');

    const refused = await scene.perform(action, on, { from: { scopes } });

    expect(refused.json).toMatchObject({ status: 403, code: 'insufficient-scope', recovery: 'stop' });
    expect(refused.json.detail).toContain(action.scope);
  });

  test(`${name} finds nothing in another tenant`, async () => {
    const on = await scene.standing(resource, first);

    const refused = await scene.perform(action, on, { from: { tenant: freshTenant() } });

    expect(refused.json).toMatchObject({ status: 404, code: 'not-found' });
  });

  test(`of six requests for ${name} at once that saw the same version, one is done`, async () => {
    const on = await scene.bring(resource, first);

    const answers = await Promise.all(Array.from({ length: 6 }, () => scene.perform(action, on)));
    const done = answers.filter(({ status }) => status < 300);
    if (operation !== undefined) await Promise.all(done.map((each) => scene.follow(each)));
    const { answer } = await scene.read(resource, on.id);

    expect(done).toHaveLength(1);
    expect(operation === undefined ? answer.json : done[0]?.json).toEqual(done[0]?.json);
    expect(answers.filter(({ status }) => status >= 300).map(({ json }) => json.code)).toEqual(
      Array.from({ length: 5 }, () => 'version-mismatch'),
    );
  });

  test(`${name}, sent six times at once under one key, has one effect and one answer`, async () => {
    const on = await scene.bring(resource, first);
    const key = freshKey();

    const answers = await Promise.all(Array.from({ length: 6 }, () => scene.perform(action, on, { key })));

    expect(new Set(answers.map(({ status, text, etag }) => `${status} ${text} ${etag}`)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });
}

function expectConflict(refused: Answer, on: Standing, code: string, status: number): void {
  const { state, version, allowedActions } = on.answer.json;
  expect(refused.json).toMatchObject({
    status,
    code,
    category: 'conflict',
    recovery: 'refresh',
    current: { state, version, allowedActions },
  });
  expect(refused.etag).toBe(on.etag);
}
