import type { Sending } from '../support/client.ts';
import type { Read, Write } from './history.ts';
import { inputIn } from './knowledge.ts';

/** A request as it is sent. */
export function sending(what: Write | Read): Sending & { readonly path: string } {
  const { version, id } = what;
  const headers = version === undefined ? {} : { 'API-Version': version };
  if (what.kind === 'act' || what.kind === 'cancel-operation') {
    const { key, ifMatch, input, action } = what;
    const room = what.kind === 'act' ? 'payouts' : 'operations';
    const path = id === undefined ? '/payouts' : `/${room}/${id}/${action}`;
    return { path, method: 'POST', key, ifMatch, body: inputIn(input, version), headers };
  }
  const paths: Readonly<Record<Read['kind'], string>> = {
    payout: `/payouts/${id}`,
    list: '/payouts',
    history: `/payouts/${id}/history`,
    operation: `/operations/${id}`,
  };
  return { path: paths[what.kind], method: 'GET', headers };
}
