import { showOperation } from '../../../lib/holdfast/cli/show-operation.ts';
import type { Planted } from './incidents.ts';

/** How `npm run operation -- show` is asked about what was planted. */
export async function shown(
  { id, code }: Pick<Planted, 'id' | 'code'>,
  url: string,
  { html, unmasked = false }: { readonly html?: string; readonly unmasked?: boolean } = {},
): Promise<string> {
  const printed: string[] = [];
  const options = { url, stage: undefined, tenant: 'acme', token: undefined, client: undefined };
  await showOperation(id, { ...options, code, html, unmasked }, {}, (line) => printed.push(line));
  const [text = '', written] = printed;
  if (html !== undefined && written !== `\nwrote ${html}`)
    throw new Error(`whoever asked for ${html} was told ${written}`);
  return text;
}
