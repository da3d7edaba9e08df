import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from '../support/client.ts';
import type { LedgerEntry } from '../support/operations.ts';
import type { Person } from './people.ts';

/** What a journey has come to: the same, whatever befell it. */
export interface Outcome {
  readonly state: unknown;
  readonly version: unknown;
  /** `3 approve submitted approved` of each version, and `accept accepted` of what people did to its operations. */
  readonly history: readonly string[];
  /** So many of the resource are there. */
  readonly made: number;
  readonly operations: readonly unknown[];
  /** What of a service's own it has come to besides. */
  readonly own: unknown;
  /** `bank-b1 asked 1 done 1 BOOKED` of each reference that stands. */
  readonly ledger: readonly string[];
}

interface Entry {
  readonly action: string;
  readonly from?: string;
  readonly to: string;
  readonly version: number;
  readonly operation?: string;
}

/** What people do to operations; what their executions do is as it comes. */
const BY_PEOPLE = ['accept', 'cancel', 'resolve'];

/** What a journey is made with. */
export interface Subject {
  readonly name: string;
  readonly states: readonly string[];
}

/** The history follows within a second; what was set aside is filled a second after that. */
const HISTORY_MS = 30_000;

/**
 * Reads what a resource has come to, when its history is complete.
 * @param ledger what of it stands; @param own tells what of its service's own it has come to, by its last answer
 */
export async function outcomeOf(
  alice: Person,
  made: Answer,
  { subject, ledger, own }: { subject: Subject; ledger: readonly LedgerEntry[]; own: Own },
): Promise<Outcome> {
  const id = String(made.json.id);
  const read = await alice.get(`/${subject.name}/${id}`);
  const listed = (await alice.get(`/${subject.name}`)).json.items as unknown[];
  const operations = (await alice.get('/operations')).json.items as Answer['json'][];
  return {
    state: read.json.state,
    version: read.json.version,
    history: await historyOf(alice, id, subject),
    made: listed.length,
    operations: operations.map(({ state }) => state),
    own: await own(alice, read),
    ledger: ledger
      .filter(({ reference }) => reference.startsWith(id))
      .map(
        ({ partner, reference, asked, done, state }) =>
          `${partner}${reference.slice(id.length)} asked ${asked} done ${done} ${state}`,
      ),
  };
}

/** Reads what of a service's own a journey has come to. */
export type Own = (alice: Person, read: Answer) => unknown;

async function historyOf(alice: Person, id: string, { name, states }: Subject): Promise<readonly string[]> {
  const isOfIt = (state: string) => state === 'nothing' || states.includes(state);
  const until = Date.now() + HISTORY_MS;
  for (;;) {
    const { json } = await alice.get(`/${name}/${id}/history`);
    if (Date.now() > until) throw new Error(`the history of ${id} is not complete: ${JSON.stringify(json)}`);
    if (json.completeToVersion === json.currentVersion) {
      return (json.items as Entry[]).flatMap(({ version, action, from = 'nothing', to, operation }) => {
        // Both can be cancelled; an end moves its resource.
        if (operation === undefined || (isOfIt(from) && isOfIt(to) && from !== to))
          return [`${version} ${action} ${from} ${to}`];
        return BY_PEOPLE.includes(action) ? [`${action} ${to}`] : [];
      });
    }
    await delay(100);
  }
}
