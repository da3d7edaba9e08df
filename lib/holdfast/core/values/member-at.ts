import { isJsonObject, type Json } from './strict-json.ts';

/**
 * What stands at a place of a partner's body: a member of its object by name, or deeper by JSON Pointer (RFC 6901) through
 * objects: `code`, `/error/code`. Own members alone, so that `constructor` is nothing that a body says.
 * @returns undefined where nothing stands, and where what leads there is absent
 */
export function memberAt(body: Json | undefined, place: string): Json | undefined {
  const names = place.startsWith('/')
    ? place
        .slice(1)
        .split('/')
        .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
    : [place];
  let value = body;
  for (const name of names) value = memberOf(value, name);
  return value;
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
