/**
 * The body that says a word: each of its parts at its place, a member's name or a JSON Pointer (RFC 6901).
 * @param members further ones; `{reference}` in them is replaced
 */
export function bodySaying(
  word: string,
  at: readonly string[],
  reference: string,
  members: Readonly<Record<string, string>> = {},
): Record<string, unknown> {
  const parts = at.length === 1 ? [word] : word.split('/');
  const body: Record<string, unknown> = {};
  for (const [i, part] of parts.entries()) put(body, at[i] ?? '', part);
  for (const [place, text] of Object.entries(members)) {
    put(body, place, text.replaceAll('{reference}', reference));
  }
  return body;
}

/** Puts a value at a place, in objects that are made where there are none. */
export function put(body: Record<string, unknown>, place: string, value: unknown): void {
  const names = place.startsWith('/') ? place.slice(1).split('/') : [place];
  let at = body;
  for (const name of names.slice(0, -1)) {
    at[name] ??= {};
    at = at[name] as Record<string, unknown>;
  }
  at[names.at(-1) ?? ''] = value;
}
