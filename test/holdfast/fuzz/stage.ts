import { randomUUID } from 'node:crypto';
import type { Answer, User } from '../support/client.ts';
import { signIn } from '../support/service.ts';
import type { Outcome, RawRequest } from './raw-http.ts';
import type { Standing } from './seeds.ts';

const SCOPES = 'payouts:* operations:*';

/** An id, and no word of a path, is at least so long. */
const ID_LENGTH = 20;

/** A tag as the newest version of the contract writes it. */
const newestTag = (tag: string) => tag.replace(/;[^"]*"$/, '"');

const standing = ({ json, etag }: Answer) => ({ value: String(json.id), etag });

/** What requests act on, and what they may change: whatever else changes was changed by a request that was refused. */
export class Stage {
  readonly #alice: User;
  readonly #bob: User;
  readonly #ended: Answer;
  readonly #disbursed: string;
  /** Payouts and operations that carry on by themselves. */
  readonly #moving: Set<string>;
  /** What the requests of this batch changed, each with the tags that they were answered. */
  #changed = new Map<string, Set<string>>();
  /** Whose history may still be on its way. */
  readonly #known = new Set<string>();

  constructor(alice: User, bob: User, payout: Answer, ended: Answer) {
    this.#alice = alice;
    this.#bob = bob;
    this.#ended = ended;
    this.#disbursed = String(payout.json.id);
    this.#moving = new Set([this.#disbursed, String(ended.json.id)]);
  }

  /** Things to act on that nothing has been done to; a new batch begins. */
  async next(): Promise<Standing> {
    const [alice, bob] = [this.#alice, this.#bob];
    const payouts = [
      await alice.create(),
      await bob.act('submit', await bob.create()),
      await approved(alice, bob),
      await alice.act('cancel', await alice.create(), { body: { reason: 'x' } }),
      await alice.create(),
    ];
    for (const id of this.#changed.keys()) this.#known.add(id);
    for (const { json } of payouts) this.#known.add(String(json.id));
    this.#changed = new Map();
    return {
      token: alice.token,
      values: {
        payoutId: payouts.map(standing),
        operationId: [standing(this.#ended)],
        partner: [{ value: 'screening' }],
        code: [{ value: 'not-found' }],
      },
      bodies: { 'partners.callback': { caseReference: `${this.#disbursed}-a1`, verdict: 'clear' } },
    };
  }

  /** Notes what a request was answered; whether it was one that may have changed something. */
  accept({ method, target }: RawRequest, outcome: Outcome): boolean {
    if (typeof outcome === 'string' || method !== 'POST' || outcome.status >= 300) return false;
    const { id, resource } = outcome.json as { id?: string; resource?: { id?: string } };
    const named = [id, target.split('/')[2], resource?.id].filter((each) => each !== undefined);
    const ids = named.filter(({ length }) => length > ID_LENGTH);
    for (const each of ids) {
      if (outcome.status === 202) this.#moving.add(each);
      else this.#changed.set(each, (this.#changed.get(each) ?? new Set()).add(newestTag(outcome.etag)));
    }
    return true;
  }

  /** Whether the item of this key may have changed, and may have this tag now: one that somebody was answered. */
  explains(key: string, tag: string | undefined): boolean {
    const late = key.startsWith('HistoryTable') ? this.#known : [];
    if ([...this.#moving, ...late].some((id) => key.includes(id))) return true;
    return [...this.#changed].some(([id, tags]) => key.includes(id) && (tag === undefined || tags.has(tag)));
  }
}

const approved = async (alice: User, bob: User) =>
  bob.act('approve', await alice.act('submit', await alice.create()));

/** Two users of a tenant that nobody else has, and a disbursement of theirs that has ended. */
export async function setStage(url: string): Promise<Stage> {
  const tenant = `fuzz-${randomUUID()}`;
  const [alice, bob] = await Promise.all([
    signIn(url, { subject: 'alice', tenant, scopes: SCOPES }),
    signIn(url, { subject: 'bob', tenant, scopes: SCOPES }),
  ]);
  const payout = await approved(alice, bob);
  const { json } = await alice.act('disburse', payout);
  return new Stage(alice, bob, payout, await alice.get(`/operations/${json.id}`, { Prefer: 'wait=20' }));
}
