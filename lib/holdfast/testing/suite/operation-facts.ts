import { expect, test } from '@jest/globals';
import type { Action } from '../../core/definitions/define-action.ts';
import { nameOf } from '../examples.ts';
import { eventually } from '../scene/eventually.ts';
import { freshKey } from '../scene/request.ts';
import type { Scene, Standing } from '../scene/scene.ts';

/** What an action that starts an operation answers, and how its operation is followed. */
export function operationFacts(scene: Scene, action: Action): void {
  const { operation, resource, from, to } = action;
  if (operation === undefined) return;
  const name = nameOf(action);
  const state = scene.waysOf(resource).nearest.find((each) => from?.includes(each));
  if (from !== undefined && state === undefined) return;
  const start = async () => {
    const on: Standing | undefined = state === undefined ? undefined : await scene.bring(resource, state);
    return scene.perform(action, on);
  };

  test(`${name} answers at once where its operation is and when to ask for it, and the operation comes to '${operation.onSucceeded}'`, async () => {
    const accepted = await start();
    const ended = await scene.follow(accepted);
    const { id } = accepted.json.resource as { id: string };
    const read = await scene.read(resource, id);
    let { etag } = ended;
    // A partner that calls twice tells an operation that has ended once more.
    const unchanged = await eventually(
      'an operation that has ended to change no more',
      async () => {
        const again = await scene.get(`/operations/${accepted.json.id}`, {
          headers: { 'If-None-Match': etag },
        });
        if (again.status === 200) ({ etag } = again);
        return again;
      },
      ({ status }) => status !== 200,
    );
    const late = await scene.request('POST', `/operations/${accepted.json.id}/cancel`, { key: freshKey() });
    const resolved = await scene.request('POST', `/operations/${accepted.json.id}/resolve`, {
      key: freshKey(),
      body: { outcome: 'retry', evidence: 'none' },
    });
    const listed = await scene.get(`/operations?state=succeeded&resource=${id}`);

    expect(accepted.status).toBe(202);
    expect(accepted.json).toMatchObject({
      action: action.name,
      resource: { type: resource.name, id, href: `/${resource.name}/${id}` },
      state: 'accepted',
    });
    expect(accepted.headers.get('Location')).toBe(`${scene.basePath}/operations/${accepted.json.id}`);
    expect(ended.json).toMatchObject({ id: accepted.json.id, state: 'succeeded' });
    expect(read).toMatchObject({ state: operation.onSucceeded });
    expect(unchanged).toMatchObject({ status: 304, text: '' });
    expect(late.json.code).toBe('operation-not-cancelable');
    expect(resolved.json.code).toBe('illegal-transition');
    expect(listed.json.items).toHaveLength(1);
  });

  test(`while the operation of ${name} holds a ${resource.singular} in '${to}', no action moves it`, () => {
    expect(scene.allowed(resource, to)).toEqual([]);
  });

  test(`the operation of ${name} is asked to end while it runs, and is called off or carried through`, async () => {
    const accepted = await start();

    const answer = await scene.request('POST', `/operations/${accepted.json.id}/cancel`, {
      key: freshKey(),
      body: { note: 'stop' },
    });
    const ended = await scene.follow(accepted);

    expect([202, 409]).toContain(answer.status);
    expect(['succeeded', 'cancelled']).toContain(ended.json.state);
  });

  test(`the operation of ${name} is followed with operations:read alone, and by nobody of another tenant`, async () => {
    const { json } = await start();
    const path = `/operations/${json.id}`;

    const reader = await scene.get(path, { from: { scopes: 'operations:read' } });
    const other = await scene.get(path, { from: { scopes: `${resource.name}:*` } });
    const stranger = await scene.get(path, { from: { tenant: `${scene.tenant}-other` } });

    expect(reader.status).toBe(200);
    expect(other.json.code).toBe('insufficient-scope');
    expect(stranger.json.code).toBe('not-found');
  });
}
