import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isResourceId, resourceId } from '../../../lib/holdfast/core/values/resource-id.ts';

describe('the id of a resource', () => {
  test('is the same for the same tenant, type and key, in every release', () => {
    // Written down, since a create that is repeated after a deployment has to meet its own item.
    expect(resourceId('po', 'acme', 'payouts', 'key-1')).toBe('po_sr7em0wmp01sfn43b3rvc94wxr');
  });

  test('differs with every part of what it is made of, and knows where each part ends', () => {
    const part = fc.string({ maxLength: 8 });
    const parts = fc.tuple(part, part, part);

    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const same = JSON.stringify(a) === JSON.stringify(b);

        expect(resourceId('po', ...a) === resourceId('po', ...b)).toBe(same);
      }),
    );
  });

  test('is safe in a path and begins with its prefix', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (tenant, key) => {
        const id = resourceId('po', tenant, 'payouts', key);

        expect(id).toMatch(/^po_[0-9a-hjkmnp-tv-z]{26}$/);
        expect(isResourceId('po', id)).toBe(true);
      }),
    );
  });

  test.each([
    '',
    'po_',
    'po',
    'sr7em0wmp01sfn43b3rvc94wxr',
    'pa_sr7em0wmp01sfn43b3rvc94wxr',
    'po_V3JN51KGFCKNMYH9XD7HWYVECZ',
    'po_sr7em0wmp01sfn43b3rvc94wx',
    'po_sr7em0wmp01sfn43b3rvc94wxr0',
    'po_sr7em0wmp01sfn43b3rvc94wx#',
    'po_sr7em0wmp01sfn43b3rvc94wx\n',
    'po_../../../../etc/passwd_____',
    // serverless-http#204: a bare percent sign made a decoder throw.
    'po_%',
  ])('cannot be %j', (value) => {
    expect(isResourceId('po', value)).toBe(false);
  });
});
