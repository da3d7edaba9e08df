import { createHash } from 'node:crypto';

// Crockford's base 32 in lower case: no letter that is mistaken for a digit, safe in paths and file names.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const CHARACTERS = 26; // × 5 bits = 130 bits: no two creates of a tenant ever meet by chance

/**
 * The id that a create gives: a function of tenant, resource type and key, so that a repeated create meets its own
 * item. `po_` and 26 characters.
 */
export function resourceId(prefix: string, tenant: string, resource: string, key: string): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([tenant, resource, key]))
    .digest();
  const bits = [...digest].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const characters = Array.from(
    { length: CHARACTERS },
    (_, i) => ALPHABET[Number.parseInt(bits.slice(i * 5, i * 5 + 5), 2)],
  );
  return `${prefix}_${characters.join('')}`;
}

/** Whether a path segment can be an id with this prefix; what cannot be one is not looked up. */
export function isResourceId(prefix: string, value: string): boolean {
  return value.startsWith(`${prefix}_`) && /^[0-9a-z]{26}$/.test(value.slice(prefix.length + 1));
}
