import { defineCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { wholeNumber } from '../prove/whole-number.ts';
import { CASES, isWrong, MODELS } from './cases.ts';
import { check, isAsExpected, missing } from './check.ts';

/** Every model holds, in every order of events, and every wrong one of it dies (Spin). */
export const proof = defineCommand({
  name: 'spec',
  summary: 'models of the design, in every order of events (Spin), and wrong ones that must die',
  operands: { '[MODEL]': `${MODELS.join(', ')} (all)` },
  options: { faults: { value: 'N', summary: 'in one order of events, at most', default: '1' } },
  async run({ operands: [only], options: { faults } }) {
    if (only !== undefined && !MODELS.some((model) => model === only))
      throw new UsageError(`there is no model '${only}'; choose from ${MODELS.join(', ')}`);
    return (await prove(only, wholeNumber('faults', faults))) ? 0 : 1;
  },
});

async function prove(only: string | undefined, faults: number): Promise<boolean> {
  const lacking = await missing();
  if (lacking !== undefined) {
    console.error(lacking);
    return false;
  }
  const chosen = CASES.filter(({ model }) => only === undefined || model === only);
  const widest = Math.max(...CASES.map(({ switches }) => switches.join(' ').length));
  const line = (...[model = '', switches = '', verdict = '', states = '', seconds = '']: string[]) =>
    `${model.padEnd(8)} ${switches.padEnd(widest)}  ${verdict.padEnd(9)} ${states.padStart(10)} ${seconds.padStart(7)}`;
  console.info(line('model', 'switches', 'verdict', 'states', 'seconds'));
  let held = true;
  for (const each of chosen) {
    const verdict = await check(each, faults);
    const { errors, states, seconds, first } = verdict;
    const ended = errors === 0 ? 'holds' : 'dies';
    console.info(
      line(each.model, each.switches.join(' '), ended, states.toLocaleString('en'), seconds.toFixed(1)),
    );
    if (isAsExpected(each, verdict)) continue;
    held = false;
    console.info(`  ${isWrong(each) ? 'it is wrong, and must die' : `it must hold: ${first}`}`);
  }
  return held;
}
