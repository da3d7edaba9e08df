import { expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { run } from '../support/process.ts';

/** Of some four hundred: the others are tried by `npm run prove -- crash`. */
const SAMPLE = process.env.CRASHES ?? '16';

test('faults at calls of AWS, chosen at random, leave one effect and one answer', async () => {
  const seed = process.env.SEED === undefined ? [] : ['--seed', process.env.SEED];
  const args = [
    '--no-warnings',
    'test/holdfast/prove/run.ts',
    'crash',
    '--journey',
    'paid',
    '--sample',
    SAMPLE,
    ...seed,
  ];
  const proof = run('node', args, { cwd: ROOT });

  const [line, tried] = await proof.line(/: (\d+) tried, .* violated; seed \d+/);
  const code = await proof.ended;

  console.info(line);
  expect(tried).toBe(SAMPLE);
  if (code !== 0) throw new Error(`it ends with ${code}:\n${proof.lines.join('\n')}`);
});
