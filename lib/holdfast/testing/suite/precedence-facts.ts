import { expect, test } from '@jest/globals';
import type { Action } from '../../core/definitions/define-action.ts';
import { problemType } from '../../core/problems/service-names.ts';
import { isResourceId } from '../../core/values/resource-id.ts';
import { nameOf } from '../examples.ts';
import { freshKey, type Sending } from '../scene/request.ts';
import type { Scene, Standing } from '../scene/scene.ts';

/** Larger than a body may be, and no strict JSON. */
const LARGE = `{"a":"${'x'.repeat(300_000)}",}`;

const unknownVersion = { 'API-Version': '1999-01-01' };

/** Each has every fault of those before it as well, so that the answer shows which step comes first. */
const FAULTS = {
  state: {},
  version: { ifMatch: '"999-stale"' },
  versionMissing: { ifMatch: undefined },
  input: { ifMatch: undefined, body: { unknown: 1 } },
  apiVersion: { ifMatch: undefined, body: { unknown: 1 }, headers: unknownVersion },
  key: { ifMatch: undefined, key: undefined, body: { unknown: 1 }, headers: unknownVersion },
  json: { ifMatch: undefined, key: undefined, body: '{"a":1,"a":2}', headers: unknownVersion },
  size: { ifMatch: undefined, key: undefined, body: LARGE },
  type: { ifMatch: undefined, key: undefined, body: LARGE, headers: { 'Content-Type': 'text/plain' } },
} satisfies Record<string, Sending>;

type Row = readonly [what: string, sending: Sending, status: number, code: string, recovery: string];

const STATE: Row = ['its state', FAULTS.state, 409, 'illegal-transition', 'refresh'];

const VERSION: readonly Row[] = [
  ['a stale If-Match', FAULTS.version, 412, 'version-mismatch', 'refresh'],
  ['a missing If-Match', FAULTS.versionMissing, 428, 'version-required', 'fix-request'],
];

const REQUEST: readonly Row[] = [
  ['its input', FAULTS.input, 422, 'invalid-input', 'fix-request'],
  ['its API version', FAULTS.apiVersion, 400, 'unknown-api-version', 'fix-request'],
  ['a missing key', FAULTS.key, 400, 'idempotency-key-missing', 'fix-request'],
  ['its JSON', FAULTS.json, 400, 'malformed-request', 'fix-request'],
  ['its size', FAULTS.size, 413, 'request-too-large', 'fix-request'],
  ['its media type', FAULTS.type, 415, 'unsupported-media-type', 'fix-request'],
];

/** Which of many faults an action is refused for: the first in the order of the write contract. */
export function precedenceFacts(scene: Scene, action: Action): void {
  const name = nameOf(action);
  const { resource, from } = action;
  const { nearest } = scene.waysOf(resource);
  const closed = nearest.find((state) => from?.includes(state) === false);
  const state = closed ?? nearest.find((each) => from?.includes(each));
  const on = async (): Promise<Standing | undefined> =>
    from === undefined || state === undefined ? undefined : scene.standing(resource, state);
  const rows = [
    ...(closed === undefined || from === undefined ? [] : [STATE]),
    ...(from === undefined ? [] : VERSION),
    ...REQUEST,
  ];

  test.each(rows)(
    `${name} is refused for %s before all that comes after it`,
    async (_, sending, status, code, recovery) => {
      const refused = await scene.perform(action, await on(), sending);

      expect(refused.json).toMatchObject({
        status,
        code,
        recovery,
        type: problemType(scene.service.prefix, code),
      });
      expect(refused.status).toBe(status);
      expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
    },
  );

  test(`${name} is refused for its token before its scope, and for its scope before its media type`, async () => {
    const there = await on();
    const scopes = `${resource.name}:read`;

    const noToken = await scene.perform(action, there, { ...FAULTS.type, token: undefined });
    const noScope = await scene.perform(action, there, { ...FAULTS.type, from: { scopes } });

    expect(noToken.json).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
    expect(noScope.json).toMatchObject({ status: 403, code: 'insufficient-scope', recovery: 'stop' });
    expect(noScope.json.detail).toContain(action.scope);
  });

  if (from === undefined) return;
  test(`${name} on nothing is refused for its key first, and for nothing else after that`, async () => {
    const id = `${resource.idPrefix}_${'0'.repeat(26)}`;

    const noKey = await scene.perform(
      action,
      { id, etag: '"1-a"' },
      { key: undefined, body: { unknown: 1 } },
    );
    const nothing = await scene.perform(
      action,
      { id, etag: '"1-a"' },
      { key: freshKey(), ...FAULTS.apiVersion },
    );

    expect(isResourceId(resource.idPrefix, id)).toBe(true);
    expect(noKey.json.code).toBe('idempotency-key-missing');
    expect(nothing.json).toMatchObject({ status: 404, code: 'not-found', recovery: 'stop' });
  });
}
