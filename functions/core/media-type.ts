// RFC 9110 8.3.1: type "/" subtype, then parameters. Tokens are RFC 9110 5.6.2.
const MEDIA_TYPE = /^\s*([!#$%&'*+.^_`|~\w-]+)\/([!#$%&'*+.^_`|~\w-]+)\s*((?:;[^;]*)*)$/;

/**
 * Whether a `Content-Type` field value names JSON in UTF-8: `application/json` or any `+json` (RFC 6839), in any case,
 * with no charset or one that is UTF-8.
 */
export function isJsonMediaType(value: string): boolean {
  const [, type = '', subtype = '', parameters = ''] = MEDIA_TYPE.exec(value) ?? [];
  const json = /^application$/i.test(type) && /^(?:.+\+)?json$/i.test(subtype);
  const charsets = [...parameters.matchAll(/;\s*charset\s*=\s*("?)([^;"]*)\1\s*(?=;|$)/gi)].map(
    ([, , name]) => name,
  );
  const declared = /;\s*charset\b/i.test(parameters);
  return json && (!declared || (charsets.length === 1 && /^utf-?8$/i.test(charsets[0]?.trim() ?? '')));
}
