import { parseArgs } from 'node:util';
import { UsageError } from '../local/settings.ts';
import { loadRegistry } from '../registry.ts';
import { action } from './action.ts';
import { carryOut } from './carry-out.ts';
import { operation } from './operation.ts';
import { partner } from './partner.ts';
import type { Generator, Given } from './plan.ts';
import { resource } from './resource.ts';

/** What can be made. */
const GENERATORS: Readonly<Record<string, Generator>> = { action, resource, partner, operation };

const usageOf = ([kind, { operands, options }]: [string, Generator]) =>
  `npm run new -- ${[
    kind,
    ...operands.map((operand) => operand.toUpperCase()),
    ...Object.entries(options).map(([name, value]) =>
      value === ''
        ? `[--${name}]`
        : value.startsWith('[')
          ? `[--${name} ${value.slice(1)}`
          : `--${name} ${value}`,
    ),
  ].join(' ')}`;

const USAGE = `usage: ${Object.entries(GENERATORS).map(usageOf).join('\n       ')}`;

/**
 * `npm run new`: writes a definition and its test, records what follows from it, and says how to try it.
 * @throws UsageError for what is not allowed, and Error for what cannot be made; nothing is written then
 */
export async function newCommand(args: readonly string[], print: (line: string) => void): Promise<void> {
  const [kind = '', ...rest] = args;
  if (kind === '--help') return print(USAGE);
  const generator = Object.hasOwn(GENERATORS, kind) ? GENERATORS[kind] : undefined;
  if (generator === undefined) throw new UsageError(`'${kind}' is nothing that can be made\n${USAGE}`);
  const plan = generator.plan(readGiven(kind, generator, rest), await loadRegistry());
  await carryOut(plan);
  for (const path of Object.keys({ ...plan.edits, ...plan.files })) print(`wrote ${path}`);
  print('');
  for (const line of plan.told) print(line);
  const tests = Object.keys(plan.files).filter((path) => path.startsWith('test/'));
  print(`\ntest it:\n  npm test -- ${tests.join(' ')}`);
}

function readGiven(kind: string, { operands, options }: Generator, args: readonly string[]): Given {
  const fail = (fault: string, cause?: unknown): never => {
    throw new UsageError(`${fault}\n${USAGE}`, { cause });
  };
  const names = Object.keys(options);
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: Object.fromEntries(
        names.map((name) => [
          name,
          { type: options[name] === '' ? ('boolean' as const) : ('string' as const) },
        ]),
      ),
      allowPositionals: true,
    });
    if (positionals.length !== operands.length)
      fail(`${kind} takes ${operands.join(' and ')}, and was given '${positionals.join(' ')}'`);
    const missing = names.find((name) => /^[^[]/.test(options[name] ?? '') && values[name] === undefined);
    if (missing !== undefined) fail(`${kind} needs --${missing}`);
    const texts = Object.entries(values).map(([name, value]) => [name, String(value)]);
    return {
      ...Object.fromEntries(texts),
      ...Object.fromEntries(operands.map((operand, i) => [operand, positionals[i]])),
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return fail(error instanceof Error ? error.message : String(error), error);
  }
}
