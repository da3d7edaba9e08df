import type { Client, Judged, Outcome, Sending } from './scenario.ts';
import { idOf } from './store/world.ts';

/** What a judge of ends is shown: of each request its last sending alone, and of that nothing but how it ended. */
export const endsOf = (outcome: Outcome): Outcome => ({
  ...outcome,
  faults: 0,
  time: 0,
  round: 0,
  clients: outcome.clients.map(({ actor, sendings }) => ({
    actor,
    sendings: sendings.slice(-1).map(({ moment }) => ({ moment, round: 0, met: [] })),
  })),
});

/**
 * The same for two states from which the same can follow, and which are judged alike. An invocation is its moment, and one
 * that has ended what it ended with; what a function that died was told is told to nobody any more.
 */
export const stateKey = (state: Outcome, judged: Judged): string =>
  [
    state.world.key,
    state.faults,
    state.round,
    ...state.clients.map((client) => {
      const last = client.sendings.at(-1);
      const isInvoked = last?.invoked !== undefined;
      const now = last?.answered === undefined ? last?.moment.id : '';
      return `${client.sendings.length}${isInvoked ? 'i' : last?.round}:${now}${pastOf(client, judged)}`;
    }),
  ].join(';');

/** The same for two outcomes that are judged alike. */
export const outcomeKey = ({ world, clients }: Outcome, judged: Judged): string =>
  [world.key, ...clients.map((client) => pastOf(client, judged))].join(';');

const pastOf = ({ sendings }: Client, judged: Judged): string =>
  judged === 'ends' ? endOf(sendings.at(-1)) : sendings.map(sendingOf).join('/');

const endOf = (sending: Sending | undefined): string =>
  sending?.answered === undefined ? '' : `=${idOf(JSON.stringify(sending.moment.ended))}`;

const sendingOf = (sending: Sending): string =>
  `${sending.after}${sending.met.every((fate) => fate === 'done') ? '' : '!'}${endOf(sending)}`;
