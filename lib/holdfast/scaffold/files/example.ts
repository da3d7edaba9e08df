import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../../cli/command/command.ts';
import { ROOT } from '../../service/project.ts';

/** What the contract suite and the crash proof send. */
const EXAMPLES = 'test/examples.ts';

const EMPTY = `import type { Examples } from 'holdfast/testing';

/** A valid input for each action, and who sends it. */
export default {
} satisfies Examples;
`;

/** The end of the examples. */
const END = '\n} satisfies Examples;';

/**
 * The file of the examples with one more, at their end; a new one where there is none.
 * @param input as code has it
 * @returns its text by its path
 * @throws UsageError for a file that has no such end
 */
export function withExample(name: string, input: string): Readonly<Record<string, string>> {
  const there = existsSync(join(ROOT, EXAMPLES));
  const text = there ? readFileSync(join(ROOT, EXAMPLES), 'utf8') : EMPTY;
  const end = text.lastIndexOf(END);
  if (end < 0)
    throw new UsageError(`${EXAMPLES} has lost its closing \`} satisfies Examples;\`; put it back`);
  // One that is left of an action that was removed is good for the new one of its name.
  if (text.includes(`'${name}':`)) return { [EXAMPLES]: text };
  return { [EXAMPLES]: `${text.slice(0, end)}\n  '${name}': { input: ${input} },${text.slice(end)}` };
}
