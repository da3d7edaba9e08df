import { describe, expect, test } from '@jest/globals';
import { listCommand } from '../../../lib/holdfast/cli/list.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';

describe('npm run list', () => {
  test('shows every action with its route, its states, its scope and its problems', async () => {
    const registry = await loadRegistry();

    const lines = listCommand({ json: false }, registry).split('\n');

    const shown = lines.map((line) => line.trim().split(/ {2,}/));
    expect(shown).toContainEqual([
      'approve',
      'POST /payouts/{payoutId}/approve',
      'submitted',
      'approved',
      'payouts:approve',
      'separation-of-duties',
    ]);
    expect(shown).toContainEqual(['create', 'POST /payouts', '-', 'draft', 'payouts:create', '-']);
    expect(shown).toContainEqual(['disburse-payout', 'payouts', 'screen (screening), transfer (bank)']);
    expect(shown).toContainEqual([
      'illegal-transition',
      '409',
      'refresh',
      "The resource's state does not allow this action",
    ]);
    expect(lines).toContain('  operations:resolve');
  });

  test('gives a program the same as JSON', async () => {
    const registry = await loadRegistry();

    const { resources, problems, scopes } = JSON.parse(listCommand({ json: true }, registry));

    const payouts = resources.find(({ name }: { name: string }) => name === 'payouts');
    expect(payouts.actions).toContainEqual({
      name: 'disburse',
      route: 'POST /payouts/{payoutId}/disburse',
      from: ['approved'],
      to: 'disbursing',
      scope: 'payouts:disburse',
      problems: [],
      operation: 'disburse-payout',
    });
    expect(scopes).toContain('payouts:*');
    expect(problems).toContainEqual(expect.objectContaining({ code: 'not-found', status: 404 }));
  });
});
