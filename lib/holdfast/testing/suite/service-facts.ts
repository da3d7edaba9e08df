import { describe, expect, test } from '@jest/globals';
import type { Action } from '../../core/definitions/define-action.ts';
import { collectionPath } from '../../core/definitions/routes.ts';
import { publicPartners } from '../../core/operations/partner-status.ts';
import { challenge, requestUrn } from '../../core/problems/service-names.ts';
import { partnersOf } from '../../service/registry.ts';
import { eventually } from '../scene/eventually.ts';
import { send } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';
import { freshTenant, token } from '../scene/sign-in.ts';
import { pageFacts } from './page-facts.ts';
import { requestFacts } from './request-facts.ts';

/** What a service keeps whatever its actions are, tried on its first resource. */
export function serviceFacts(scene: Scene, [create]: readonly Action[]): void {
  if (create === undefined) throw new Error('there is no action that makes anything; add one without a from');
  requestFacts(scene, create);
  gatewayFacts(scene, create);
  tokenFacts(scene, create);
  documentFacts(scene);
  pageFacts(scene, create);
}

function gatewayFacts(scene: Scene, create: Action): void {
  const path = collectionPath(create.resource);
  const one = `${path}/${create.resource.idPrefix}_1`;

  describe('the gateway itself', () => {
    test.each([
      ['an unknown path', 'GET', '/nowhere'],
      ['an unknown method', 'DELETE', path],
      ['a PATCH, which there is none of', 'PATCH', one],
      ['an unknown action', 'POST', `${one}/no-such-action`],
    ])('answers %s with 404, with a token or without', async (_, method, at) => {
      const withToken = await send(`${scene.url}${at}`, { method, token: await scene.tokenOf() });
      const without = await send(`${scene.url}${at}`, { method });

      for (const refused of [withToken, without]) {
        expect(refused.status).toBe(404);
        expect(refused.json).toMatchObject({ status: 404, code: 'route-not-found', recovery: 'fix-request' });
        expect(refused.headers.get('Content-Type')).toBe('application/problem+json');
      }
    });

    test.each([
      ['no token', undefined],
      ['a token of no form', 'Bearer x y'],
      ['no bearer token', 'Basic YTpi'],
      ['an unsigned token', 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.'],
    ])('answers %s with 401 and a challenge', async (_, authorization) => {
      const headers = authorization === undefined ? {} : { Authorization: authorization };

      const refused = await scene.get(path, { token: undefined, headers });

      expect(refused.json).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
      expect(refused.headers.get('WWW-Authenticate')).toBe(challenge(scene.service.prefix));
      expect(refused.headers.get('Access-Control-Allow-Origin')).toBe('*');
    });

    test('answers a preflight with the headers that the contract needs', async () => {
      const answer = await fetch(`${scene.url}${path}`, {
        method: 'OPTIONS',
        headers: { Origin: 'https://app.example.com', 'Access-Control-Request-Method': 'POST' },
      });

      expect(answer.status).toBe(204);
      expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*');
      const allowed = answer.headers.get('Access-Control-Allow-Headers')?.split(',');
      expect(allowed).toEqual(
        expect.arrayContaining([
          'API-Version',
          'Authorization',
          'Content-Type',
          'Idempotency-Key',
          'If-Match',
        ]),
      );
    });

    const callbacks = partnersOf(scene.registry).filter(({ callback }) => callback !== undefined);
    if (callbacks.length > 0)
      test.each(callbacks.map(({ name }) => name))(
        'answers a callback of %s that nobody signed with 401',
        async (name) => {
          const refused = await scene.request('POST', `/partners/${name}/callbacks`, { token: undefined });

          expect(refused.json).toMatchObject({ status: 401, code: 'unauthenticated' });
        },
      );

    test('answers a malformed path with a problem', async () => {
      const refused = await scene.get(`${path}/%zz`);

      expect(refused.json).toMatchObject({ status: 400, code: 'malformed-request' });
    });

    test('answers a body over 10 MB with a problem', async () => {
      const refused = await scene.perform(create, undefined, { body: 'x'.repeat(10_485_761) });

      expect(refused.json).toMatchObject({ status: 413, code: 'request-too-large' });
    });

    test('tells of its health to anyone', async () => {
      const answer = await scene.get('/health', { token: undefined });

      expect(answer.json).toEqual({ status: 'ok' });
    });

    test('tells anyone which partners are left alone, where its document says so, and else has no such route', async () => {
      const { json } = await send(`${scene.url}/openapi.json`, { method: 'GET' });
      const documented = Object.hasOwn(Object(json.paths), '/status');
      const partners = publicPartners(scene.registry.operations.map(({ definition }) => definition));

      const answer = await send(`${scene.url}/status`, { method: 'GET' });

      expect({ ...answer.json, ...answer, cache: answer.headers.get('Cache-Control') }).toMatchObject(
        documented
          ? {
              status: 200,
              cache: 'public, max-age=10',
              partners: partners.map(({ publicName }) => ({ name: publicName })),
            }
          : { status: 404, cache: 'no-store, no-transform', code: 'route-not-found' },
      );
      expect(scene.compare('GET', '/status', answer)).toHaveLength(documented ? 0 : 1);
    });
  });

  describe('every answer', () => {
    test('may not be cached; a browser may read its headers', async () => {
      const created = await scene.perform(create, undefined);
      const refused = await scene.perform(create, undefined, { key: undefined });

      for (const { headers } of [created, refused]) {
        expect(headers.get('Cache-Control')).toBe('no-store, no-transform');
        expect(headers.get('Vary')).toContain('Authorization');
        expect(headers.get('Access-Control-Expose-Headers')).toMatch(/ETag.*Location.*Retry-After/);
      }
      expect(refused.json.help).toBe(`${scene.basePath}/problems/idempotency-key-missing`);
    });

    test('names its request: a problem by the id that the gateway gave it', async () => {
      const refused = await scene.perform(create, undefined, { key: undefined });

      const id = refused.headers.get('x-amzn-requestid') ?? '';
      expect(refused.json.instance).toBe(requestUrn(scene.service.prefix, id));
    });
  });
}

function tokenFacts(scene: Scene, create: Action): void {
  const path = collectionPath(create.resource);
  const scopes = `${create.resource.name}:*`;

  describe('a token', () => {
    test('that expires while the gateway remembers it is refused by the action itself', async () => {
      const get = (short: string) => scene.get(path, { token: short });
      let [short, expiresInSeconds] = ['', 1];

      // However slow the machine is, one of them lives long enough to be seen alive.
      const before = await eventually(
        'a short token to be accepted',
        async () => {
          expiresInSeconds *= 2;
          short = await token({ subject: 'alice', tenant: scene.tenant, scopes, expiresInSeconds });
          return get(short);
        },
        ({ status }) => status === 200,
      );
      const after = await eventually(
        'the token to expire',
        () => get(short),
        ({ status }) => status !== 200,
      );

      expect(before.status).toBe(200);
      expect(after.json).toMatchObject({ status: 401, code: 'unauthenticated', recovery: 'authenticate' });
    });

    test('whose signature was changed does not act', async () => {
      const good = await scene.tokenOf();

      const refused = await scene.perform(create, undefined, { token: `${good.slice(0, -4)}AAAA` });

      expect(refused.json.code).toBe('unauthenticated');
    });

    test('of a tenant of 2,000 characters does not act', async () => {
      const from = { tenant: 'ü'.repeat(2_000), scopes };

      expect(await scene.get(path, { from })).toMatchObject({
        status: 401,
        json: { code: 'unauthenticated' },
      });
    });
  });
}

function documentFacts(scene: Scene): void {
  const get = (path: string, headers = {}) => scene.get(path, { token: undefined, headers });

  describe('the document', () => {
    test('is the same again until it changes, which a 304 tells', async () => {
      const first = await get('/openapi.json');

      const again = await get('/openapi.json', { 'If-None-Match': first.etag });
      const any = await get('/openapi.json', { 'If-None-Match': '*' });

      expect(first.json).toMatchObject({ openapi: '3.1.0', info: { version: scene.service.apiVersion } });
      expect(first.headers.get('Cache-Control')).toBe('public, no-cache');
      expect([again.status, again.text, again.etag]).toEqual([304, '', first.etag]);
      expect(any.status).toBe(304);
    });

    test('is not given in a version that is not served', async () => {
      const { json } = await get('/openapi.json', { 'API-Version': '1999-01-01' });

      expect(json).toMatchObject({ status: 400, code: 'unknown-api-version' });
    });

    // The suite compares every answer with it; what it compares with is tried here.
    test('knows what differs from it', async () => {
      const health = await get('/health');
      const headers = new Headers([...health.headers].filter(([name]) => name !== 'vary'));
      headers.set('X-Secret', '1');

      const faults = scene.compare('GET', '/health', {
        ...health,
        headers,
        text: '{"status":"ok","more":1}',
      });

      expect(faults).toEqual([
        expect.stringContaining('header Vary is missing'),
        expect.stringContaining('header x-secret is not in the document'),
        expect.stringContaining('must NOT have additional properties'),
      ]);
      expect(scene.compare('GET', '/nowhere', health)).toHaveLength(1);
    });
  });

  describe('operations', () => {
    test('that nobody has started are not there, and are listed by what is known of them', async () => {
      const from = { tenant: freshTenant() };
      const answers = [
        await scene.get('/operations', { from }),
        await scene.get('/operations?resource=x', { from }),
        await scene.get(`/operations?resource=op_${'0'.repeat(2_048)}`, { from }),
        await scene.get(`/operations/op_${'0'.repeat(26)}`, { from }),
        await scene.get(`/operations/op_${'0'.repeat(2_048)}`, { from }),
      ];

      expect(answers.map(({ status }) => status)).toEqual([200, 400, 400, 404, 404]);
    });
  });
}
