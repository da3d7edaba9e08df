import type { PartnerCommand } from '../../core/partners/define-partner.ts';
import type { Simulator } from '../../core/partners/define-simulator.ts';
import type { Outcome } from '../../core/partners/outcome.ts';
import { type PartnerCallback, readCallback } from '../../core/partners/read-callback.ts';
import { answer, withPartner } from './scripted-partner.ts';

/** What came of one call of an adapter. */
export interface PartnerCall {
  readonly outcome: Outcome;
  /** What the partner was sent: `POST /commands`. */
  readonly requests: readonly string[];
  /** Of those requests that had one, as JSON. */
  readonly bodies: readonly unknown[];
}

/** What a partner answers: its HTTP status, and its body in JSON. */
type Reply = readonly [status: number, body: unknown];

/** One partner, to be tried without it: over HTTP, by what functions call it with. */
export interface PartnerTrial {
  /** In what its adapter, its answers and its simulator break the promises of the kit, in words. */
  faults(): Promise<readonly string[]>;
  /** What comes of a command that the partner answers so. */
  send(command: PartnerCommand, ...reply: Reply): Promise<PartnerCall>;
  /** What comes of asking for a command, when the partner answers so. */
  query(command: PartnerCommand, ...reply: Reply): Promise<PartnerCall>;
  /** What a callback with this body tells. @throws Error where it can tell of no command */
  callback(body: object): PartnerCallback;
}

/** A partner that is played by this simulator. */
export function tryPartner(simulator: Simulator): PartnerTrial {
  const { partner } = simulator;
  const calling =
    (mode: 'send' | 'query') =>
    async (command: PartnerCommand, ...reply: Reply): Promise<PartnerCall> => {
      const { callPartner } = await import('./call-partner.ts');
      return withPartner(answer(...reply), async ({ url, requests, bodies }) => {
        const outcome = await callPartner(partner, mode, command, url);
        return { outcome, requests, bodies };
      });
    };
  return {
    faults: async () => (await import('./partner-faults.ts')).partnerFaults(simulator),
    send: calling('send'),
    query: calling('query'),
    callback: (body) => readCallback(partner, Buffer.from(JSON.stringify(body))),
  };
}
