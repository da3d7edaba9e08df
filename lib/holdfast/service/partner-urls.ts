import type { Partner } from '../core/partners/define-partner.ts';
import type { StageConfig } from './config.ts';

type Urls = Readonly<Record<string, string>>;

/**
 * Where each partner is, and where those with OAuth 2 give their tokens, by the partners' names.
 * @throws Error that names partner, stage and remedy, for a URL that is missing, and for one that nothing would read
 */
export function partnerUrls(
  { stage, partners }: Pick<StageConfig, 'stage' | 'partners'>,
  all: readonly Pick<Partner, 'name' | 'credentials'>[],
): { readonly urls: Urls; readonly tokenUrls: Urls } {
  const settings = all.map(({ name, credentials }) => {
    const { url, tokenUrl } = partners[name] ?? {};
    const fail = (fault: string) => new Error(`partner '${name}' ${fault} (partners in lib/service.ts)`);
    if (url === undefined) throw fail(`has no url in stage '${stage}'; add it`);
    const asksForTokens = credentials?.kind === 'oauth2';
    if (asksForTokens && tokenUrl === undefined)
      throw fail(`has oauth2 credentials and no tokenUrl in stage '${stage}'; add the token endpoint's URL`);
    if (!asksForTokens && tokenUrl !== undefined)
      throw fail(
        `has tokenUrl '${tokenUrl}' in stage '${stage}' and ${credentials ? credentials.kind : 'no'} credentials; remove it, or give the adapter credentials: oauth2({ scopes: [] })`,
      );
    return { name, url, tokenUrl };
  });
  return {
    urls: Object.fromEntries(settings.map(({ name, url }) => [name, url])),
    tokenUrls: Object.fromEntries(
      settings.flatMap(({ name, tokenUrl }) => (tokenUrl === undefined ? [] : [[name, tokenUrl]])),
    ),
  };
}
