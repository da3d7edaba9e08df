import { setTimeout as delay } from 'node:timers/promises';
import payouts from '../../../functions/actions/payouts/resource.ts';
import type { Answer } from '../support/client.ts';
import type { LedgerEntry } from '../support/operations.ts';
import type { Person } from './people.ts';

/** What a journey has come to: the same, whatever befell it. */
export interface Outcome {
  readonly state: unknown;
  readonly version: unknown;
  readonly amount: unknown;
  /** `3 approve submitted approved` of each version, and `accept accepted` of what people did to its operations. */
  readonly history: readonly string[];
  /** So many payouts are there. */
  readonly payouts: number;
  readonly operations: readonly unknown[];
  /** `bank-b1 asked 1 done 1 BOOKED` of each reference; what was taken back is as if it had never been done. */
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

const isOfPayout = (state: string) => state === 'nothing' || payouts.states.some((each) => each === state);

/** The history follows within a second; what was set aside is filled a second after that. */
const HISTORY_MS = 30_000;

/** Reads what a payout has come to, when its history is complete. */
export async function outcomeOf(
  alice: Person,
  payout: Answer,
  ledger: readonly LedgerEntry[],
): Promise<Outcome> {
  const id = String(payout.json.id);
  const { json } = await alice.get(`/payouts/${id}`);
  const listed = (await alice.get('/payouts')).json.items as unknown[];
  const operations = (await alice.get('/operations')).json.items as Answer['json'][];
  return {
    state: json.state,
    version: json.version,
    amount: json.amount,
    history: await historyOf(alice, id),
    payouts: listed.length,
    operations: operations.map(({ state }) => state),
    ledger: ledger
      .filter(({ reference, state }) => reference.startsWith(id) && state !== 'released')
      .map(
        ({ partner, reference, asked, done, state }) =>
          `${partner}${reference.slice(id.length)} asked ${asked} done ${done} ${state}`,
      ),
  };
}

async function historyOf(alice: Person, id: string): Promise<readonly string[]> {
  const until = Date.now() + HISTORY_MS;
  for (;;) {
    const { json } = await alice.get(`/payouts/${id}/history`);
    if (Date.now() > until) throw new Error(`the history of ${id} is not complete: ${JSON.stringify(json)}`);
    if (json.completeToVersion === json.currentVersion) {
      return (json.items as Entry[]).flatMap(({ version, action, from = 'nothing', to, operation }) => {
        if (operation === undefined || (isOfPayout(from) && isOfPayout(to)))
          return [`${version} ${action} ${from} ${to}`];
        return BY_PEOPLE.includes(action) ? [`${action} ${to}`] : [];
      });
    }
    await delay(100);
  }
}
