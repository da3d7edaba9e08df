import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { FRAME } from '../../cdk/bundles/bundle-name.ts';
import { UsageError } from '../command/command.ts';
import { faultMessage } from '../command/fault-message.ts';
import { bundlesOf, type MappedBundle } from './bundle-maps.ts';
import { loggedStacks } from './logged-stacks.ts';

/**
 * `npm run stack -- FILE`: stacks of deployed functions, with their frames as places in the source.
 * @throws UsageError for a file that cannot be read, or holds no such stack; Error for bundles that this checkout does not
 * make, when all the others have been printed
 */
export async function stackCommand(file: string, print: (line: string) => void): Promise<void> {
  const stacks = loggedStacks(await textOf(file), (each) => framesIn(each).length > 0);
  const frames = stacks.flatMap(framesIn);
  if (frames.length === 0)
    throw new UsageError(
      `${file === '-' ? 'the standard input' : file} holds no frame of a deployed function, as (payouts-approve.0123456789ab.mjs:12:345); give the line of the log that has the stack, as CloudWatch shows it`,
    );
  const wanted = [...new Map(frames.map((frame) => [frame.bundle, frame])).values()];
  const made = await bundlesOf([...new Set(wanted.map(({ entry }) => entry))]);
  const byName = new Map(made.map((each) => [each.name, each]));
  print(stacks.map((stack) => stack.replace(FRAME, (frame) => placeOf(frame, byName))).join('\n\n'));
  const faults = wanted.filter(({ bundle }) => !byName.has(bundle)).map((frame) => foreign(frame, made));
  if (faults.length > 0) throw new Error([...faults, REMEDY].join('\n'));
}

interface Frame {
  readonly bundle: string;
  readonly entry: string;
  readonly line: number;
  readonly column: number;
}

const framesIn = (stack: string): readonly Frame[] =>
  [...stack.matchAll(FRAME)].map(([, bundle = '', entry = '', line, column]) => ({
    bundle,
    entry,
    line: Number(line),
    column: Number(column),
  }));

/** @throws UsageError */
async function textOf(file: string): Promise<string> {
  if (file === '-') {
    if (process.stdin.isTTY) console.error('paste the line of the log, then press Ctrl-D');
    return text(process.stdin);
  }
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${faultMessage(error)}; give a file, or - for the standard input`, {
      cause: error,
    });
  }
}

/** `lib/…/write-contract.ts:12:3`; what no map tells stays as it is. */
function placeOf(text: string, bundles: ReadonlyMap<string, MappedBundle>): string {
  const [frame] = framesIn(text);
  const origin = frame && bundles.get(frame.bundle)?.map.findOrigin(frame.line, frame.column);
  return origin !== undefined && 'fileName' in origin
    ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
    : text;
}

function foreign({ bundle, entry }: Frame, made: readonly MappedBundle[]): string {
  const own = made.filter((each) => each.entry === entry).map(({ name }) => name);
  return own.length === 0
    ? `${bundle} is of a function that this checkout does not have`
    : `${bundle} is of another release: this checkout makes ${own.join(', ')}`;
}

const REMEDY =
  'check out the commit that was deployed, run npm ci there, and run this again: a bundle is the same wherever it is made';
