import type { Answer } from '../support/client.ts';
import type { Read, Sent, User, Write } from './history.ts';
import { type ActionName, allowedActions, EXCHANGE, type Input } from './payout-machine.ts';
import { type Change, type IfMatch, type Request, USERS, type Version } from './program.ts';

const MAY = '2026-05-01';
const NEWEST = '2026-11-01';

/** An id that nothing has. */
const NOTHING = `po_${'0'.repeat(26)}`;

/** What users know of a payout, from the answers that they have had. */
interface Known {
  readonly createKey: string;
  readonly create: Input;
  id?: string;
  state?: string;
  operation?: string;
  /** Tags by version, as the newest version of the contract writes them. */
  readonly tags: Map<number, string>;
}

/** A tag as a version of the contract writes it. */
export const tagIn = (tag: string, version: Version): string =>
  version === MAY ? tag.replace(/"$/, `;${MAY}"`) : tag;

/** A tag as the newest version of the contract writes it. */
export const newestTag = (tag: string): string => tag.replace(`;${MAY}"`, '"');

/** The number of the version that a tag names. */
export const versionOf = (tag: string): number => Number(/^"(\d+)-/.exec(tag)?.[1] ?? Number.NaN);

/** An input as a version of the contract writes it. */
export function inputIn(input: Input, version: Version): Input {
  const { amount, ...rest } = input as { amount?: { currency: string; value: string } };
  if (version !== MAY || amount === undefined) return input;
  return { ...rest, amount: Number(amount.value.replace('.', '')), currency: amount.currency };
}

/** What users know, and what they send for it. */
export class Knowledge {
  readonly payouts: readonly Known[];
  readonly writes: Write[] = [];
  readonly #tenants: readonly [string, string];

  /** @param tenants the second one is of the stranger */
  constructor(count: number, tenants: readonly [string, string]) {
    this.#tenants = tenants;
    this.payouts = Array.from({ length: count }, (_, i) => ({
      createKey: `c${i}`,
      create: inputOf('create', i),
      tags: new Map(),
    }));
  }

  user(index: number): User {
    const name = USERS[index % USERS.length] ?? USERS[0];
    return { name, tenant: this.#tenants[name === 'mallory' ? 1 : 0] };
  }

  payout(index: number): Known {
    return this.payouts[index % this.payouts.length] as Known;
  }

  /** Takes in what an answer tells. */
  learn({ what, answer }: Pick<Sent, 'what' | 'answer'>): void {
    if (answer === undefined || what.kind === 'end-operation' || what.user.tenant !== this.#tenants[0])
      return;
    if (what.kind === 'act' && what.action === 'create' && answer.status === 201) {
      const created = this.payouts.find(({ createKey }) => createKey === what.key);
      if (created !== undefined) created.id = String(answer.json.id);
    }
    const known = this.payouts.find(({ id }) => id !== undefined && id === (what.id ?? answer.json.id));
    if (known === undefined || answer.etag === '') return;
    const tag = newestTag(answer.etag);
    const isNews = Math.max(0, ...known.tags.keys()) <= versionOf(tag);
    known.tags.set(versionOf(tag), tag);
    if (!isNews) return;
    if (answer.status === 202) {
      known.state = 'disbursing';
      known.operation = String(answer.json.id);
      return;
    }
    const { state } = (answer.json.current ?? answer.json) as { state?: string };
    if (state !== undefined) known.state = state;
  }

  /** What a request of a program says; undefined where there is nothing that it could be about. */
  say(request: Exclude<Request, { do: 'end-operation' }>, index: number): Write | Read | undefined {
    if (request.do === 'repeat') return this.#repeat(request.back, request.change, index);
    const known = this.payout(request.payout);
    const user = this.user(request.user);
    if (request.do === 'act')
      return this.#act(
        request.action,
        known,
        { user, version: request.version, ifMatch: request.ifMatch },
        { index, other: this.payout(request.payout + 1).id ?? NOTHING },
      );
    if (request.do === 'read') {
      const { what: kind, version } = request;
      const id = kind === 'operation' ? known.operation : (known.id ?? NOTHING);
      return id === undefined ? undefined : { kind, id: kind === 'list' ? undefined : id, user, version };
    }
    if (known.operation === undefined) return undefined;
    return this.#write({
      kind: 'cancel-operation',
      action: 'cancel',
      id: known.operation,
      user,
      key: `k${index}`,
      version: NEWEST,
      ifMatch: undefined,
      input: {},
    });
  }

  #act(
    choice: ActionName | number,
    known: Known,
    { user, version, ifMatch }: { user: User; version: Version; ifMatch: IfMatch },
    { index, other }: { index: number; other: string },
  ): Write {
    const allowed = known.state === undefined ? ['create' as const] : allowedActions(known.state);
    const action =
      typeof choice === 'string' ? choice : (allowed[choice % Math.max(1, allowed.length)] ?? 'submit');
    const create = action === 'create';
    return this.#write({
      kind: 'act',
      action,
      id: create ? undefined : (known.id ?? NOTHING),
      user,
      key: create ? known.createKey : `k${index}`,
      version,
      ifMatch: create ? undefined : this.#ifMatch(ifMatch, known, version),
      input: create ? known.create : action === EXCHANGE ? { other } : inputOf(action, index),
    });
  }

  #repeat(back: number, change: Change, index: number): Write | undefined {
    const { writes } = this;
    const first = writes[writes.length - 1 - (back % Math.max(1, writes.length))];
    if (first === undefined) return undefined;
    const known = this.payouts.find(({ id }) => id === first.id);
    return this.#write({ ...first, ...this.#changed(first, change, known, index) });
  }

  #changed(first: Write, change: Change, known: Known | undefined, index: number): Partial<Write> {
    const isOnPayout = first.id !== undefined && first.kind === 'act';
    const newest = (of: Known | undefined) => of && this.#ifMatch('newest', of, first.version);
    const n = 500 + index;
    const body = { input: first.kind === 'act' ? inputOf(first.action, n) : { note: `note ${n}` } };
    const other = this.payout(this.payouts.findIndex(({ id }) => id === first.id) + 1);
    const action = first.action === 'submit' ? ('cancel' as const) : ('submit' as const);
    const changes: Readonly<Record<Change, Partial<Write>>> = {
      nothing: {},
      version: { version: first.version === MAY ? NEWEST : MAY },
      body,
      user: { user: this.user(USERS.indexOf(first.user.name) + 1) },
      'if-match': isOnPayout ? { ifMatch: newest(known) } : {},
      action: isOnPayout ? { action, input: inputOf(action, index), ifMatch: newest(known) } : body,
      payout: isOnPayout ? { id: other.id ?? NOTHING, ifMatch: newest(other) } : {},
    };
    return changes[change];
  }

  #write(write: Write): Write {
    this.writes.push(write);
    return write;
  }

  #ifMatch(choice: IfMatch, { tags }: Known, version: Version): string | undefined {
    const known = [...tags].toSorted(([a], [b]) => b - a).map(([, tag]) => tagIn(tag, version));
    const [newest, older = '"1-none"'] = known;
    const choices: Readonly<Record<IfMatch, string | undefined>> = {
      newest,
      older,
      list: `${older}, ${newest ?? older}`,
      'stale-list': `${older},${known.at(-1) ?? older}`,
      weak: `W/${newest ?? older}`,
      '*': '*',
      none: undefined,
    };
    return choices[choice];
  }
}

/** An input of an action that no other number gives. */
export function inputOf(action: ActionName, n: number): Input {
  const amount = { currency: 'EUR', value: `${100 + n}.50` };
  const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };
  if (action === 'create') return { amount, beneficiary, reference: `Invoice ${n}` };
  if (action === 'change-amount') return { amount };
  if (action === 'cancel') return { reason: `because of ${n}` };
  if (action === EXCHANGE) return { other: NOTHING };
  return n % 3 === 0 ? {} : { note: `note ${n}` };
}

/** Whether an answer tells how a request ended; a 5xx does not. */
export const isTold = (answer: Answer | undefined): answer is Answer =>
  answer !== undefined && answer.status < 500;
