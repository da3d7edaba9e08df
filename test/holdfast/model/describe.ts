import type { End, History, Read, Sent, Write } from './history.ts';
import { isOfPayout } from './history-row.ts';

/** `#3`: a request by its place among all that were sent. */
export const nameOf = (history: History, sent: Sent | undefined): string =>
  sent === undefined ? 'nothing' : `#${history.sent.indexOf(sent)}`;

/** A history for a person: a line for each request, in the order in which they were sent. */
export function describe(history: History): string {
  const names = new Map<string, string>();
  const short = (text: string) =>
    text.replace(/\b(po|op)_[0-9a-z]{26}\b/g, (id) => {
      const name = names.get(id) ?? (/_0{26}$/.test(id) ? 'nothing' : `${id.slice(0, 2)}${names.size + 1}`);
      names.set(id, name);
      return name;
    });
  const lines = history.sent.map((sent, i) => {
    const times = `${sent.invoked}–${sent.answered ?? ''}`.padEnd(7);
    const calls = sent.calls.length === 0 ? '' : `  [${sent.calls.join(', ')}]`;
    return short(`${`#${i}`.padEnd(4)}${times} ${said(sent.what)} → ${told(sent)}${calls}`);
  });
  const ends = history.final.map(({ id, payout, history: told }) => {
    const items = (told.json.items ?? []) as { version: number; action: string; to: string }[];
    const rows = items.filter(isOfPayout).map(({ version, to }) => `${version} ${to}`);
    return short(`at last ${id} ${payout.etag}: ${rows.join(', ')}`);
  });
  return [...lines, ...ends].join('\n');
}

const members = (value: object) => (Object.keys(value).length === 0 ? '' : ` ${JSON.stringify(value)}`);

function said(what: Write | Read | End): string {
  if (what.kind === 'end-operation') return `screening of ${what.id} is ${what.verdict}, to the end`;
  const by = what.user.name + (what.version === undefined ? '' : ` (${what.version})`);
  if (what.kind !== 'act' && what.kind !== 'cancel-operation')
    return `${by} reads ${what.kind}${what.id === undefined ? '' : ` ${what.id}`}`;
  const { action, id = '', key, ifMatch, input } = what;
  const condition = ifMatch === undefined ? '' : ` if ${ifMatch}`;
  return `${by} ${action} ${id} key ${key}${condition}${members(action === 'create' ? {} : input)}`;
}

function told({ answer, what }: Sent): string {
  if (answer === undefined) return 'lost';
  const { status, json, etag, replayed } = answer;
  const { current } = json as { current?: { version: number; state: string } };
  const items = what.kind === 'list' ? ` ${(json.items as unknown[] | undefined)?.length} payouts` : '';
  return [
    `${status}${replayed ? ' replayed' : ''}`,
    json.code ?? '',
    typeof json.state === 'string' ? json.state : '',
    etag,
    current === undefined ? '' : `now ${current.version} ${current.state}`,
  ]
    .filter((part) => part !== '')
    .join(' ')
    .concat(items);
}
