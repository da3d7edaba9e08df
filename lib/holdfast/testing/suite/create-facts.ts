import { expect, test } from '@jest/globals';
import type { Action } from '../../core/definitions/define-action.ts';
import { resourceLocation } from '../../core/definitions/routes.ts';
import { nameOf } from '../examples.ts';
import { otherInput, reordered } from '../other-input.ts';
import { freshKey } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';
import { freshTenant } from '../scene/sign-in.ts';
import { toldOf, unreadable } from '../told.ts';

/** What an action that makes a resource keeps, besides what every action does. */
export function createFacts(scene: Scene, action: Action): void {
  const name = nameOf(action);
  const { resource, to, operation } = action;
  const idOf = ({ json }: { readonly json: Readonly<Record<string, unknown>> }): string =>
    String((json.resource as { id: string } | undefined)?.id ?? json.id);

  test(`${name} makes a ${resource.singular} that says where it is, which version it has, and what may be done with it`, async () => {
    const key = freshKey();
    const created = await scene.perform(action, undefined, { key, from: { scopes: action.scope } });
    const read = await scene.read(resource, idOf(created));

    const { id } = read;
    expect(created.status).toBe(operation === undefined ? 201 : 202);
    expect(id).toMatch(new RegExp(`^${resource.idPrefix}_[0-9a-z]{26}$`));
    expect(created.etag).toMatch(/^"1-[\w-]{4}"$/);
    expect(created.headers.get('Location')).toBe(
      `${scene.basePath}${operation === undefined ? resourceLocation(resource, id) : `/operations/${created.json.id}`}`,
    );
    expect(created.json.createdAt).toBe(created.json.updatedAt);
    const told = toldOf(action, await scene.inputOf(scene.exampleOf(action).input, scene.tenant, key));
    expect(unreadable(action, told, { resource: read.answer.json })).toEqual([]);
  });

  if (operation === undefined)
    test(`${name} answers what a read then answers, and the actions that '${to}' permits`, async () => {
      const created = await scene.perform(action, undefined);
      const { answer } = await scene.read(resource, idOf(created));

      expect(created.json).toMatchObject({ state: to, version: 1 });
      expect([...(created.json.allowedActions as string[])].sort()).toEqual(scene.allowed(resource, to));
      // Not to the byte: DynamoDB keeps no order of what a member holds.
      expect(answer.json).toEqual(created.json);
      expect(answer.etag).toBe(created.etag);
    });

  test(`a replay of ${name} returns the first answer to the byte, whatever its white space, the order of its members and the spelling of its key`, async () => {
    const key = freshKey();
    const input = await scene.inputOf(scene.exampleOf(action).input, scene.tenant, key);

    const created = await scene.perform(action, undefined, { key });
    const same = await scene.perform(action, undefined, { key });
    const spelled = await scene.perform(action, undefined, {
      key: `"${key}"`,
      body: JSON.stringify(reordered(input), null, 2),
    });

    for (const replay of [same, spelled]) {
      expect(replay).toMatchObject({
        status: created.status,
        replayed: true,
        text: created.text,
        etag: created.etag,
      });
      expect(replay.headers.get('Location')).toBe(created.headers.get('Location'));
      expect(replay.headers.get('Idempotency-Expires')).toBe(created.headers.get('Idempotency-Expires'));
    }
    expect(created.replayed).toBe(false);
  });

  test(`${name} refuses its key for another input or another person, and another tenant has its own`, async () => {
    const key = freshKey();
    const other = otherInput(action, await scene.inputOf(scene.exampleOf(action).input));
    const created = await scene.perform(action, undefined, { key });

    const anothers = await scene.perform(action, undefined, { key, from: { subject: 'somebody-else' } });
    const others =
      other === undefined ? anothers : await scene.perform(action, undefined, { key, body: other });
    const strangers = await scene.perform(action, undefined, { key, from: { tenant: freshTenant() } });

    for (const { json } of [anothers, others])
      expect(json).toMatchObject({
        status: 422,
        code: 'idempotency-key-reused',
        recovery: 'fix-request',
      });
    expect(strangers).toMatchObject({ status: created.status, replayed: false });
    expect(idOf(strangers)).not.toBe(idOf(created));
  });

  test(`${name}, sent six times at once under one key, has one effect and one answer`, async () => {
    const key = freshKey();
    const tenant = freshTenant();

    const answers = await Promise.all(
      Array.from({ length: 6 }, () => scene.perform(action, undefined, { key, from: { tenant } })),
    );
    const { json } = await scene.get(`/${resource.name}`, { from: { tenant } });

    expect(new Set(answers.map(({ status, text, etag }) => `${status} ${text} ${etag}`)).size).toBe(1);
    expect(json.items).toHaveLength(1);
  });
}
