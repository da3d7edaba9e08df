import { describe, expect, test } from '@jest/globals';
import { Router } from '../../../../lib/holdfast/local/gateway/router.ts';

const router = new Router<string>();
for (const path of [
  '/payouts',
  '/payouts/search',
  '/payouts/{payoutId}',
  '/payouts/{payoutId}/approve',
  '/files/{proxy+}',
]) {
  router.add('GET', path, path);
}
router.add('ANY', '/any', 'any');
router.add('POST', '/payouts/search/{id}', 'deep');

const find = (path: string, method = 'GET') => router.find(method, path.slice(1).split('/'));

describe('a router', () => {
  test.each([
    ['/payouts', '/payouts', {}],
    // serverless-offline#536: a literal segment wins over a parameter.
    ['/payouts/search', '/payouts/search', {}],
    ['/payouts/po_1', '/payouts/{payoutId}', { payoutId: 'po_1' }],
    ['/payouts/po_1/approve', '/payouts/{payoutId}/approve', { payoutId: 'po_1' }],
    // A literal that leads nowhere is taken back.
    ['/payouts/search/approve', '/payouts/{payoutId}/approve', { payoutId: 'search' }],
    ['/files/a/b/c', '/files/{proxy+}', { proxy: 'a/b/c' }],
    ['/any', 'any', {}],
  ])('finds %s', (path, route, parameters) => {
    expect(find(path)).toEqual({ route, parameters });
  });

  test.each(['/', '/nowhere', '/payouts/', '/payouts//approve', '/payouts/po_1/approve/x', '/files'])(
    'does not find %s',
    (path) => {
      expect(find(path)).toBeUndefined();
    },
  );

  test('tells methods apart', () => {
    expect(find('/payouts', 'POST')).toBeUndefined();
    expect(find('/any', 'DELETE')?.route).toBe('any');
  });
});
