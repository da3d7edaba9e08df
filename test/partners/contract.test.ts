import { describe, expect, test } from '@jest/globals';
import { loadRegistry, partnersOf } from '../../lib/holdfast/service/registry.ts';
import { loadSimulators } from '../../lib/holdfast/service/simulators.ts';
import { type CallPartner, partnerFaults } from '../../lib/holdfast/testing/partner/partner-faults.ts';

const { callPartner } = await import('../../lib/holdfast/runtime/partners/call-partner.ts');
const simulators = await loadSimulators();
const bank = simulators.find(({ partner }) => partner.name === 'bank') as (typeof simulators)[number];

describe('every partner', () => {
  test('has a simulator beside its adapter', async () => {
    const named = partnersOf(await loadRegistry()).map(({ name }) => name);

    expect(simulators.map(({ partner }) => partner.name)).toEqual(expect.arrayContaining([...named]));
  });

  test.each(simulators.map((simulator) => [simulator.partner.name, simulator] as const))(
    'A1, A5, A6, A9: %s gives no final outcome that it does not declare, whatever comes back',
    async (_, simulator) => {
      const faults = await partnerFaults(simulator);

      expect(faults).toEqual([]);
    },
  );
});

describe('the contract of partners kills', () => {
  test('an adapter that makes outcomes of its own', async () => {
    const open = {
      ...bank.partner,
      send: async () => ({ kind: 'succeeded', status: 200, content: 'json' as const }),
    };

    const faults = await partnerFaults({ ...bank, partner: open });

    expect(faults).not.toEqual([]);
  });

  test('an adapter that follows redirects by itself', async () => {
    const { query } = bank.partner;
    const following: typeof query = async (command, { request }) => {
      const reply = await request('GET', `/transfers/${command.reference}`);
      return reply.status >= 300 && reply.status < 400 ? request('GET', '/elsewhere') : reply;
    };

    const faults = await partnerFaults({ ...bank, partner: { ...bank.partner, query: following } });

    expect(faults).toContainEqual(expect.stringContaining('a redirect was followed'));
  });

  test('an open default: what is not known is taken for a refusal', async () => {
    const open: CallPartner = async (...call) => {
      const outcome = await callPartner(...call);
      return outcome.kind === 'unknown'
        ? { kind: 'rejected', reason: 'the bank refused the transfer' }
        : outcome;
    };

    const faults = await partnerFaults(bank, { call: open });

    expect(faults).toContainEqual(expect.stringContaining("the word 'PROCESSING'"));
  });

  test('a reading of words that is not exact', async () => {
    const answers = { ...bank.partner.answers, succeeded: ['booked'] } as typeof bank.partner.answers;

    const faults = await partnerFaults({ ...bank, partner: { ...bank.partner, answers } });

    expect(faults).not.toEqual([]);
  });
});
