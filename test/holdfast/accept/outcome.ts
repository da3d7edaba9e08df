import { UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import type { AcceptanceRun } from './account.ts';

/** One doubt, and how it is tried. */
export interface Check {
  /** Of the list of doubts; the report names it. */
  readonly letter: string;
  /** What holds when it is ok. */
  readonly what: string;
  /** What a failure means, and where to look. */
  readonly means: string;
  /** What AWS documents of it, and where. @default nothing but what the code refers to */
  readonly says?: string;
  /** Why an emulated account cannot tell. @default it can */
  readonly notEmulated?: string;
  /** Why only an emulated account is to try it. @default every account is */
  readonly onlyEmulated?: string;
  /** Whether nothing can be tried after it has failed. @default false */
  readonly needed?: true;
  /** Letter of the check whose end it begins from; chosen with it. @default whatever stands */
  readonly after?: string;
  /** @throws AssertionError that shows what came instead; {@link Skip} for what cannot be tried here */
  run(run: AcceptanceRun): Promise<unknown>;
}

/**
 * The checks of some letters, in their order, with those that they cannot do without.
 * @param letters @default every one
 * @throws UsageError that names a letter which no check has
 */
export function chosenOf(checks: readonly Check[], letters?: readonly string[]): readonly Check[] {
  const known = [...new Set(checks.map(({ letter }) => letter))];
  const unknown = letters?.find((letter) => !known.includes(letter));
  if (unknown !== undefined)
    throw new UsageError(`--only names '${unknown}', which no check has; choose from ${known.join(',')}`);
  const wanted = checks.filter(({ letter }) => letters?.includes(letter) ?? true);
  const before = wanted.map(({ after }) => after);
  return checks.filter((check) => check.needed || wanted.includes(check) || before.includes(check.letter));
}

/** What could not be tried, and why. */
export class Skip extends Error {}

/** What came of a check. */
export interface Outcome extends Pick<Check, 'letter' | 'what'> {
  readonly is: 'ok' | 'skip' | 'FAIL';
  /** Why it was skipped; what came instead, and what that means. */
  readonly said?: string;
  readonly seconds: number;
}

/** Tries one; it throws nothing. */
export async function outcomeOf(check: Check, run: AcceptanceRun): Promise<Outcome> {
  const { letter, what, means, says, notEmulated, onlyEmulated } = check;
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  const left = run.emulated ? notEmulated : onlyEmulated;
  if (left !== undefined) return { letter, what, is: 'skip', said: left, seconds: 0 };
  try {
    await check.run(run);
    return { letter, what, is: 'ok', seconds: seconds() };
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (error instanceof Skip) return { letter, what, is: 'skip', said, seconds: seconds() };
    return {
      letter,
      what,
      is: 'FAIL',
      said: [said, means, ...(says === undefined ? [] : [`documented: ${says}`])].join('\n'),
      seconds: seconds(),
    };
  }
}

/** One line, and what is to be said of it below. */
export const shown = ({ is, letter, what, said, seconds }: Outcome): string =>
  [
    `${is.padEnd(4)} ${letter.padEnd(2)} ${what} (${seconds} s)`,
    ...(said === undefined ? [] : said.split('\n').map((line) => `        ${line}`)),
  ].join('\n');

/** What a run has come to. */
interface Reported {
  readonly run: AcceptanceRun;
  readonly outcomes: readonly Outcome[];
  readonly left: readonly string[];
  readonly seconds: number;
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', '<br>');

/** In Markdown, for an issue; no id of the account is in it. */
export const report = ({ run, outcomes, left, seconds }: Reported): string =>
  [
    `# Acceptance, run ${run.id}`,
    '',
    `${run.emulated ? 'An emulated account' : 'An AWS account'}, ${run.region}; ${Math.ceil(seconds / 60)} minutes.`,
    '',
    '| | check | outcome | s |',
    '| --- | --- | --- | ---: |',
    ...outcomes.map(
      ({ letter, what, is, said, seconds: took }) =>
        `| ${letter} | ${cell(what)} | ${cell([is, ...(said === undefined ? [] : [said])].join(': '))} | ${took} |`,
    ),
    '',
    '## Left in the account',
    '',
    ...(left.length === 0 ? ['Nothing.'] : left.map((line) => `- ${line}`)),
    '',
  ]
    .join('\n')
    .replaceAll(/\b\d{12}\b/g, 'ACCOUNT');
