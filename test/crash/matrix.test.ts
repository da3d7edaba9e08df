import { expect, test } from '@jest/globals';
import { ROOT } from '../../lib/holdfast/service/project.ts';
import { run } from '../support/process.ts';

/** Of some four hundred: the others are tried by `npm run prove -- crash`. */
const SAMPLE = process.env.CRASHES ?? '16';

test('faults at calls of AWS, chosen at random, leave one effect and one answer', async () => {
  const seed = process.env.SEED === undefined ? [] : ['--seed', process.env.SEED];
  const args = [
    '--no-warnings',
    'test/prove/run.ts',
    'crash',
    '--journey',
    'paid',
    '--sample',
    SAMPLE,
    ...seed,
  ];
  const proof = run('node', args, { cwd: ROOT });

  const [line, tried] = await proof.line(/: (\d+) tried, .* violated; seed \d+/);
  await proof.ended;

  console.info(line);
  expect(tried).toBe(SAMPLE);
  // A journey that does not come by a point again is no violation; the whole matrix keeps its stricter rule.
  expect({ line, output: proof.lines }).toMatchObject({
    line: expect.stringMatching(/ [1-9]\d* held, .* 0 violated/),
  });
});
