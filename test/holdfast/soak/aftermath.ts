import { setTimeout as delay } from 'node:timers/promises';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import type { Answer } from '../support/client.ts';
import { isOver, type LedgerEntry } from '../support/operations.ts';
import type { Person } from './person.ts';
import type { Told } from './told.ts';

/** A history follows the writes by about a second; after this long, what is missing is missing. */
const HISTORY_MS = 60_000;

/** More operations than this share in need of a person, and the service does not do its work by itself. */
const MOST_BY_HAND = 0.05;

/** An operation that is not over so long after partners do as they should is stuck. */
const REST_MS = 300_000;

const STATES: readonly string[] = payouts.states;

/** What it asks of a person. */
type Reader = Pick<Person, 'read' | 'get' | 'resolve'>;

interface Entry {
  readonly action: string;
  readonly actor: string;
  readonly key?: string;
  readonly to: string;
  readonly version: number;
}

/** When traffic has ended, and partners do as they should: whether everything is as clients were told. */
export class Aftermath {
  readonly #told: Told;
  /** One who may read what a payout's team may. */
  readonly #reader: (payout: string) => Reader;
  readonly #ledger: () => Promise<readonly LedgerEntry[]>;
  readonly #historyMs: number;
  /** How many operations ended in each state; what needed attention counts there besides. */
  readonly ended = new Map<string, number>();
  /** How many payouts are in each state. */
  readonly states = new Map<string, number>();
  /** Entries of all histories. */
  entries = 0;

  constructor(
    told: Told,
    reader: (payout: string) => Reader,
    ledger: () => Promise<readonly LedgerEntry[]>,
    { historyMs = HISTORY_MS } = {},
  ) {
    this.#told = told;
    this.#reader = reader;
    this.#ledger = ledger;
    this.#historyMs = historyMs;
  }

  /** What is not as it should be. */
  async faults(): Promise<readonly string[]> {
    const stuck = await this.#rest();
    const actions = new Set(
      (await loadRegistry()).resources.flatMap(({ actions: all }) =>
        all.map(({ definition }) => definition.name),
      ),
    );
    const ledger = Map.groupBy(
      (await this.#ledger()).filter(({ partner }) => partner === 'bank'),
      ({ reference }) => reference.replace(/-b\d+$/, ''),
    );
    const faults = [...this.#told.violations, ...stuck];
    for (const [payout] of this.#told.accepted) {
      const answer = await this.#reader(payout).read(payout);
      faults.push(...moneyFaults(answer, ledger.get(payout) ?? []));
      faults.push(...(await this.#historyFaults(answer, actions)));
      count(this.states, String(answer.json.state));
    }
    const strangers = [...ledger.keys()].filter((payout) => !this.#told.accepted.has(payout));
    return [
      ...faults,
      ...strangers.map((payout) => `the bank was asked to pay ${payout}, which nobody made`),
    ];
  }

  /** Waits for the end of every operation; what needs attention is ended as support does, by the bank's own ledger. */
  async #rest(): Promise<readonly string[]> {
    const faults: string[] = [];
    for (const [operation, { payout, cancelled }] of this.#told.operations) {
      const reader = this.#reader(payout);
      let read = await until(reader, operation, isOver);
      count(this.ended, String(read.json.state));
      if (read.json.state === 'needs-attention') {
        const paid = (await this.#ledger()).some(
          ({ partner, reference, state }) =>
            partner === 'bank' && reference.startsWith(payout) && state === 'BOOKED',
        );
        await reader.resolve(operation, paid ? 'succeeded' : 'failed', 'the ledger of the bank');
        read = await until(
          reader,
          operation,
          ({ json }) => isOver({ json } as Answer) && json.state !== 'needs-attention',
        );
        count(this.ended, `needs-attention, resolved: ${read.json.state}`);
      } else if (cancelled && read.json.state !== 'cancelled')
        faults.push(`the cancel of ${operation} was accepted, and it ended ${read.json.state}`);
      if (!isOver(read) || read.json.state === 'needs-attention')
        faults.push(`${operation} is stuck: ${read.text}`);
    }
    const byHand = this.ended.get('needs-attention') ?? 0;
    if (byHand > this.#told.operations.size * MOST_BY_HAND)
      faults.push(`${byHand} of ${this.#told.operations.size} operations needed a person`);
    return faults;
  }

  async #historyFaults(payout: Answer, actions: ReadonlySet<string>): Promise<readonly string[]> {
    const { id, version } = payout.json as { id: string; version: number };
    const [entries, complete] = await this.#history(id, version);
    this.entries += entries.length;
    const own = entries.filter(({ action, to }) => actions.has(action) && STATES.includes(to));
    const versions = own.map((entry) => entry.version);
    const keys = new Set(entries.map(({ key }) => key));
    const missing = (this.#told.accepted.get(id) ?? []).filter(
      (told) =>
        !own.some(
          (entry) =>
            entry.version === told.version &&
            entry.action === told.action &&
            entry.actor === told.actor &&
            entry.key === told.keyHash,
        ),
    );
    const refused = [...keys].filter((key) => key !== undefined && this.#told.refused.has(key));
    return [
      ...(complete === version
        ? []
        : [`the history of ${id} is complete to version ${complete} of ${version}`]),
      ...(versions.join() === Array.from({ length: version }, (_, i) => i + 1).join()
        ? []
        : [`the history of ${id} has the versions ${versions} of ${version}`]),
      ...missing.map(
        ({ action, version: made }) =>
          `${action} of ${id} was accepted as version ${made}, and is not in its history`,
      ),
      ...refused.map((key) => `a request for ${id} was refused, and its key ${key} is in the history`),
    ];
  }

  async #history(payout: string, version: number): Promise<readonly [readonly Entry[], number]> {
    for (const start = Date.now(); ; await delay(500)) {
      const entries: Entry[] = [];
      let after = '';
      let complete = 0;
      do {
        const { json } = await this.#reader(payout).get(`/payouts/${payout}/history?after=${after}`);
        entries.push(...(json.items as readonly Entry[]));
        complete = Number(json.completeToVersion);
        after = String(json.next ?? '');
      } while (after !== '');
      if (complete === version || Date.now() - start >= this.#historyMs) return [entries, complete];
    }
  }
}

async function until(reader: Reader, operation: string, done: (read: Answer) => boolean): Promise<Answer> {
  for (const start = Date.now(); ; ) {
    const read = await reader.get(`/operations/${operation}`, { Prefer: 'wait=5' });
    if (done(read) || Date.now() - start > REST_MS) return read;
    await delay(100);
  }
}

/** Paid once where it says so, and not at all where it does not. */
function moneyFaults({ json }: Answer, entries: readonly LedgerEntry[]): readonly string[] {
  const booked = entries.filter(({ state }) => state === 'BOOKED');
  const right = booked.length === (json.state === 'paid' ? 1 : 0) && booked.every(({ done }) => done === 1);
  return right ? [] : [`${json.id} is ${json.state}, and the bank has ${JSON.stringify(entries)}`];
}

const count = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
