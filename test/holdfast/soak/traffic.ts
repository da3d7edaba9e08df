import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, draft } from '../support/client.ts';
import { isOver } from '../support/operations.ts';
import type { Person } from './person.ts';
import type { Told } from './told.ts';

/** What a person takes to think, at most. */
const THINK_MS = 400;

/** Payouts that are looked at again: the newest of a team. */
const REMEMBERED = 50;

/** Something that people of a team do with payouts, from its beginning to its end. */
type Scenario = () => Promise<void>;

/** People of one tenant, who work on the same payouts. */
export class Team {
  readonly #people: readonly [Person, Person, Person];
  readonly #told: Told;
  readonly #random: () => number;
  readonly #signal: AbortSignal;
  readonly #payouts: string[] = [];

  /** @param signal nothing new is begun after it */
  constructor(
    people: readonly [Person, Person, Person],
    told: Told,
    random: () => number,
    signal: AbortSignal,
  ) {
    this.#people = people;
    this.#told = told;
    this.#random = random;
    this.#signal = signal;
  }

  /** Does one thing after the other until the signal. */
  async work(): Promise<void> {
    const scenarios: readonly Scenario[] = [
      () => this.#payOut(),
      () => this.#payOut(),
      () => this.#payOut(),
      () => this.#abandon(),
      () => this.#look(),
      () => this.#look(),
    ];
    while (!this.#signal.aborted) {
      await this.#pick(scenarios)().catch((error) => this.#told.violations.push(String(error)));
      await this.#think();
    }
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)] as T;
  }

  #chance(of: number): boolean {
    return this.#random() < of;
  }

  #think(): Promise<void> {
    return delay(this.#random() * THINK_MS);
  }

  async #draft(): Promise<Answer> {
    const created = await this.#people[0].create(draft(this.#value()));
    this.#payouts.push(String(created.json.id));
    if (this.#payouts.length > REMEMBERED) this.#payouts.shift();
    return created;
  }

  #value(): string {
    return `${1 + Math.floor(this.#random() * 9_999)}.50`;
  }

  /** Two change the amount of what both have seen: one of them is told to read again, and does. */
  async #editTogether(seen: Answer): Promise<Answer> {
    const [alice, bob] = this.#people;
    const change = (person: Person, on: Answer) =>
      person.act('change-amount', on, { amount: { currency: 'EUR', value: this.#value() } });
    const [one, other] = await Promise.all([change(alice, seen), change(bob, seen)]);
    const statuses = [one.status, other.status].toSorted();
    if (statuses.join() !== '200,412')
      this.#told.violations.push(
        `two edits of version ${seen.etag} were answered ${statuses}: ${one.text} ${other.text}`,
      );
    const loser = one.status === 412 ? alice : bob;
    const read = await loser.read(String(seen.json.id));
    return this.#chance(0.5) ? change(loser, read) : read;
  }

  async #payOut(): Promise<void> {
    const [alice, bob, carol] = this.#people;
    let payout = await this.#draft();
    for (;;) {
      const accepted = await alice.act('disburse', await this.#approved(payout));
      if (accepted.status !== 202) return this.#surprise('disburse', accepted);
      if (this.#chance(0.15)) await bob.cancel(String(accepted.json.id));
      if (!(await this.#follow(alice, accepted))) return;
      payout = await carol.read(String(payout.json.id));
      if (payout.json.state === 'approved')
        payout = await alice.act('cancel', payout, { reason: 'not needed' });
      if (payout.json.state === 'paid' || this.#chance(0.5) || this.#signal.aborted) return;
      payout = await alice.act('reopen', payout);
    }
  }

  /** Leads a draft to where it may be disbursed; whoever submitted it tries to approve it, now and then. */
  async #approved(payout: Answer): Promise<Answer> {
    const [alice, bob, carol] = this.#people;
    const edited = this.#chance(0.3) ? await this.#editTogether(payout) : payout;
    await this.#think();
    const submitted = await alice.act('submit', edited);
    if (this.#chance(0.1)) await alice.act('approve', submitted);
    const approved = await this.#pick([bob, carol]).act('approve', submitted, { note: 'checked' });
    await this.#think();
    return approved;
  }

  /** Reads an operation until it is over; false where nobody waits any longer. */
  async #follow(person: Person, { json }: Answer): Promise<boolean> {
    for (;;) {
      const read = await person.get(`/operations/${json.id}`, { Prefer: 'wait=2' });
      if (isOver(read)) return read.json.state !== 'needs-attention';
      if (this.#signal.aborted) return false;
    }
  }

  async #abandon(): Promise<void> {
    const [alice, bob] = this.#people;
    let payout = await this.#draft();
    if (this.#chance(0.5)) payout = await this.#editTogether(payout);
    if (this.#chance(0.5)) payout = await alice.act('submit', payout);
    await this.#think();
    payout = await bob.act('cancel', payout, { reason: 'a mistake' });
    if (this.#chance(0.3)) payout = await bob.act('reopen', payout, { note: 'after all' });
    if (payout.status !== 200) this.#surprise('cancel or reopen', payout);
  }

  async #look(): Promise<void> {
    const [, bob, carol] = this.#people;
    const state = this.#pick(['', 'state=draft', 'state=paid', 'state=cancelled', 'state=returned']);
    const page = await bob.get(`/payouts?limit=20&${state}`);
    if (typeof page.json.nextCursor === 'string')
      await bob.get(`/payouts?limit=20&${state}&cursor=${page.json.nextCursor}`);
    await carol.get('/operations?limit=20');
    const [id] = [this.#pick(this.#payouts)];
    if (id === undefined) return;
    await carol.read(id);
    const history = await carol.get(`/payouts/${id}/history`);
    if (page.status !== 200 || history.status !== 200)
      this.#surprise('a read', page.status === 200 ? history : page);
  }

  #surprise(what: string, { status, text }: Answer): void {
    this.#told.violations.push(`${what} was answered ${status} ${text}`);
  }
}
