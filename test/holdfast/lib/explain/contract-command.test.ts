import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { contractCommand } from '../../../../lib/holdfast/cli/explain/contract.ts';

test('the review page of every action is printed, or written where it is said, which is told with the actions', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-contract-'));
  try {
    const out = join(folder, 'review.md');
    const told: string[] = [];
    const all = { since: 'HEAD', all: true };
    const print = (text: string) => void told.push(text);

    await contractCommand({ ...all, out: undefined }, '2026-12-01', print);
    await contractCommand({ ...all, out }, '2026-12-01', print);

    expect(told).toEqual([
      await readFile(out, 'utf8'),
      expect.stringMatching(/^wrote .*review\.md: payouts\.approve, .*payouts\.submit$/),
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
