import * as z from 'zod';

/** Stages that run on this machine, where nothing has a certificate; all their data is made up. */
const UNENCRYPTED = ['local', 'emulated', 'acceptance'];

/** What a URL of a stage's settings may be. */
export interface UrlRules {
  readonly stage: string;
  /** Paths are appended to it, so it ends without a slash. @default false, and it is taken as it is */
  readonly base?: boolean;
  /** @default false */
  readonly query?: boolean;
  /** In the stages of this machine, a name of another scheme is as good, where it is compared and never fetched. @default false */
  readonly urn?: boolean;
}

/**
 * A URL that is fetched, or told to others as one: `https:` wherever data may be real, and without what would be lost or
 * shown when it is used.
 */
export function urlSetting(rules: UrlRules): z.ZodPipe<z.ZodString, z.ZodTransform<string, string>> {
  return z.string().transform((value, context) => {
    const fault = faultOf(value, rules);
    if (fault === undefined) return rules.base ? new URL(value).href.replace(/\/+$/, '') : value;
    context.addIssue({
      code: 'custom',
      message: `'${shown(value)}' ${fault}; write ${allowedBy(rules)}`,
    });
    return z.NEVER;
  });
}

function faultOf(value: string, { stage, query = false, urn = false }: UrlRules): string | undefined {
  // A parser of URLs drops line breaks, takes backslashes for slashes, and escapes blanks.
  if (!URL.canParse(value) || /[\s\\]/.test(value)) return 'is no URL';
  const { protocol, username, password, hash, search } = new URL(value);
  const isLocal = UNENCRYPTED.includes(stage);
  if (isLocal && urn && protocol === 'urn:') return undefined;
  if (protocol !== 'https:' && !(isLocal && protocol === 'http:')) return `has the scheme ${protocol}`;
  if (username !== '' || password !== '') return 'holds a user or a password';
  if (hash !== '' || value.includes('#')) return 'has a fragment';
  if (!query && (search !== '' || value.includes('?'))) return 'has a query';
  return undefined;
}

function allowedBy({ stage, query = false }: UrlRules): string {
  const schemes = UNENCRYPTED.includes(stage) ? 'an http: or https: URL' : 'an https: URL';
  return `${schemes} without ${query ? 'user or fragment' : 'user, query or fragment'}`;
}

/** Whoever writes a password here shall not find it in a log as well. */
const shown = (value: string) => value.replace(/\/\/[^/?#@]*@/, '//…@');
