import { FATES, type Fate, type Surroundings } from './fates.ts';
import type { Call } from './hosted-function.ts';
import type { Client, Ended, Outcome, Scenario } from './scenario.ts';
import { begin, type Step, take } from './search.ts';

/** A letter for each fate that is a fault. */
const LETTERS: Readonly<Record<Fate, string>> = {
  done: '',
  lost: 'l',
  throttled: 't',
  refused: 'r',
  conflict: 'c',
  overlap: 'o',
  'dies before': 'b',
  'dies after': 'd',
};

const A = 'A'.charCodeAt(0);

/** `twins:ABAl`: who goes on, step by step, each with the fault that befalls it. */
export const codeOf = (scenario: string, steps: readonly Step[]): string =>
  `${scenario}:${steps.map(({ who, fate }) => String.fromCharCode(A + who) + LETTERS[fate]).join('')}`;

/** Reads a code. @throws Error for what is none */
export function stepsOf(code: string): { readonly scenario: string; readonly steps: readonly Step[] } {
  const [scenario = '', letters = ''] = code.split(':');
  const steps: Step[] = [];
  for (const letter of letters) {
    const last = steps.at(-1);
    if (letter >= 'A' && letter <= 'Z') steps.push({ who: letter.charCodeAt(0) - A, fate: 'done' });
    else {
      const fate = FATES.find((each) => LETTERS[each] === letter);
      if (fate === undefined || last === undefined)
        throw new Error(
          `'${letter}' in '${code}' is no fault; choose from ${Object.values(LETTERS).filter(Boolean).join(' ')}`,
        );
      steps.splice(-1, 1, { ...last, fate });
    }
  }
  return { scenario, steps };
}

/** What became of each call, for a person. */
const TOLD: Readonly<Record<Fate, string>> = {
  done: '',
  lost: 'done, and its answer is lost',
  throttled: 'throttled',
  refused: 'refused: not now',
  conflict: 'refused: another transaction holds the item',
  overlap: 'refused: another transaction holds the item, and shows in the others already',
  'dies before': 'its function dies before it',
  'dies after': 'done, and its function dies',
};

/** A schedule as a story: numbered lines of who, what call, and what became of it. */
export async function storyOf(
  scenario: Scenario,
  steps: readonly Step[],
  surroundings: Surroundings,
): Promise<{ readonly lines: readonly string[]; readonly end: Outcome }> {
  let state = await begin(scenario, surroundings);
  const lines: string[] = [];
  for (const [i, step] of steps.entries()) {
    const before = state.clients[step.who];
    const call = before?.sendings.at(-1)?.moment.call;
    state = await take(state, step, surroundings);
    const after = state.clients[step.who];
    if (before === undefined || after === undefined || call === undefined) continue;
    const number = `${i + 1}`.padStart(3);
    const fate = TOLD[step.fate] || resultOf(before, after);
    lines.push(`${number}  ${before.actor.name.padEnd(10)} ${described(call, surroundings)}: ${fate}`);
    lines.push(...endings(before, after).map((line) => `     ${before.actor.name.padEnd(10)} ${line}`));
  }
  return { lines, end: state };
}

/** `UpdateItem payouts` */
function described(call: Call, surroundings: Surroundings): string {
  const names = surroundings
    .touches(call)
    .map(({ name }) => name.split('/').slice(1).join('/').replace(/#.*/, ''));
  return [call.what.split('.').at(-1), ...new Set(names)].join(' ');
}

/** What the function was told, in a word. */
function resultOf({ sendings }: Client, after: Client): string {
  const at = sendings.at(-1)?.moment.told.length ?? 0;
  const told = after.sendings[sendings.length - 1]?.moment.told[at];
  if (told === undefined || told === 'broken') return 'done';
  if (told.status < 300) return 'done';
  const { __type = '', CancellationReasons = [] } = JSON.parse(told.body);
  const reasons = CancellationReasons.map(({ Code }: { Code: string }) => Code).join(', ');
  return `refused, ${String(__type).split('#').at(-1)}${reasons === '' ? '' : ` (${reasons})`}`;
}

/** What a client was answered by this step, and whether it sends again. */
function endings(before: Client, after: Client): readonly string[] {
  return after.sendings.slice(before.sendings.length - 1).flatMap((sending, i, all) => {
    const { ended } = sending.moment;
    const isLast = i === all.length - 1;
    const told = ended === undefined ? [] : [`is answered ${answerOf(ended)}`];
    return [...told, ...(isLast ? [] : ['sends its request again'])];
  });
}

function answerOf(ended: Ended): string {
  if ('threw' in ended) return ended.threw;
  const { statusCode, headers = {}, body = '' } = JSON.parse(ended.returned) ?? {};
  if (statusCode === undefined) return ended.returned;
  const { code } = body.startsWith('{') ? JSON.parse(body) : { code: undefined };
  const replayed = headers['Idempotent-Replayed'] === undefined ? '' : ' replayed';
  return `${statusCode}${replayed}${code === undefined ? '' : ` ${code}`} ${headers.ETag ?? ''}`.trim();
}
