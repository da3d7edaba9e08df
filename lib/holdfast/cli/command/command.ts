import { parseArgs } from 'node:util';
import { faultMessage } from './fault-message.ts';

/** A fault of whoever typed the command: its message and the usage are all that is printed, and the exit status is 2. */
export class UsageError extends Error {}

/** One option of a command. Without `value` it is a flag. */
interface Option {
  /** What stands for its value in the usage: `DIR`. */
  readonly value?: string;
  /** What it is for, in one line. */
  readonly summary: string;
  /** @default none: the option may be left out, and is undefined then */
  readonly default?: string;
  readonly required?: true;
  /** Whether it may be given more than once. */
  readonly multiple?: true;
}

/** By their names. */
export type Options = Readonly<Record<string, Option>>;

type Read<O extends Option> = O extends { readonly value: string }
  ? O extends { readonly multiple: true }
    ? readonly string[]
    : O extends { readonly default: string } | { readonly required: true }
      ? string
      : string | undefined
  : boolean;

/** What a command was given, once all of it has been found to be allowed. */
export interface Given<O extends Options = Options> {
  readonly options: { readonly [Name in keyof O]: Read<O[Name]> };
  /** Values of the command's operands, in their order. */
  readonly operands: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
}

/** One command: what it takes is data, from which its help and the refusal of everything else follow. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** What it does, in one line. */
  readonly summary: string;
  /** What each operand is for, in their order: `ID` is needed, `[ID]` may be left out, `[ID…]` may be repeated. @default none */
  readonly operands?: Readonly<Record<string, string>>;
  /** @default none but `--help` */
  readonly options?: O;
  /** Variables of the environment that it reads, and what each is for. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * A number that it resolves with is the exit status, which is 0 otherwise.
   * @throws UsageError for a value that is not allowed; Error for what cannot be done
   */
  run(given: Given<O>): unknown;
}

/** Commands of one name, each with operands and options of its own: `new action`, `new resource`. */
export interface CommandGroup {
  readonly name: string;
  readonly summary: string;
  /** Loaded when the group is asked for. */
  commands(): Promise<readonly Command[]>;
}

/** Types the options of a command for its `run`. */
export const defineCommand = <const O extends Options>(command: Command<O>): Command => command;

/** Where a command's help and its faults are printed. */
export interface Output {
  out(text: string): void;
  error(text: string): void;
}

const CONSOLE: Output = { out: (text) => console.log(text), error: (text) => console.error(text) };

/**
 * Runs a command, or tells how it is used. `--help`, wherever it stands, is answered and nothing is done; an option or an
 * operand that the command does not have is refused before anything is done.
 * @returns exit status: 0; 1 for what could not be done; 2 for what is no use of the command
 */
export async function runCommand(
  command: Command | CommandGroup,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: Output = CONSOLE,
): Promise<number> {
  try {
    return 'commands' in command
      ? await runOneOf(command, args, environment, output)
      : await runOne(`${npm(command)} --`, command, args, environment, output);
  } catch (error) {
    output.error(faultMessage(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

const npm = ({ name }: Command | CommandGroup) => (name === 'start' ? 'npm start' : `npm run ${name}`);

async function runOneOf(
  group: CommandGroup,
  [first = '', ...rest]: readonly string[],
  environment: NodeJS.ProcessEnv,
  output: Output,
): Promise<number> {
  const commands = await group.commands();
  const called = (command: Command) => `${npm(group)} -- ${command.name}`;
  const chosen = commands.find(({ name }) => name === first);
  if (chosen !== undefined) return runOne(called(chosen), chosen, rest, environment, output);
  const usage = `usage: ${commands.map((each) => usageOf(called(each), each)).join('\n       ')}`;
  if (!isHelp(first)) {
    const names = commands.map(({ name }) => name).join(', ');
    const fault = first === '' ? `${npm(group)} needs a command` : `unknown command '${group.name} ${first}'`;
    throw new UsageError(`${fault}; choose from ${names}\n${usage}`);
  }
  output.out(
    [usage, '', group.summary, '', ...pairs(commands.map((each) => [each.name, each.summary]))].join('\n'),
  );
  return 0;
}

async function runOne(
  called: string,
  command: Command,
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  { out }: Output,
): Promise<number> {
  if (args.some(isHelp)) {
    out(helpOf(called, command));
    return 0;
  }
  try {
    const status = await command.run({ ...readArguments(command, args), environment });
    return typeof status === 'number' ? status : 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`${error.message}\nusage: ${usageOf(called, command)}`, { cause: error });
  }
}

const isHelp = (argument: string) => argument === '--help' || argument === '-h';

/** @throws UsageError for what the command does not have, and for what is missing */
function readArguments(
  { operands = {}, options = {} }: Command,
  args: readonly string[],
): Pick<Given, 'options' | 'operands'> {
  const { values, positionals, names } = parsed(args, options);
  const twice = names.find((name, i) => names.indexOf(name) < i && !options[name]?.multiple);
  if (twice !== undefined) throw new UsageError(`--${twice} is given twice; give it once`);
  const missing = Object.entries(options).find(
    ([name, { required }]) => required && values[name] === undefined,
  );
  if (missing !== undefined) throw new UsageError(`--${missing[0]} ${missing[1].value} is missing`);
  const words = Object.keys(operands);
  const needed = words.filter((word) => !word.startsWith('['));
  if (positionals.length < needed.length) throw new UsageError(`${needed[positionals.length]} is missing`);
  const surplus = words.at(-1)?.includes('…') ? undefined : positionals[words.length];
  if (surplus !== undefined) {
    const takes = words.length === 0 ? 'it takes none' : `it takes ${words.join(' ')}`;
    throw new UsageError(`'${surplus}' is an operand too many; ${takes}`);
  }
  return { options: values as Given['options'], operands: positionals };
}

function parsed(args: readonly string[], options: Options) {
  const config = Object.entries(options).map(([name, { value, default: preset, multiple = false }]) => [
    name,
    value === undefined
      ? { type: 'boolean' as const, default: false }
      : {
          type: 'string' as const,
          multiple,
          ...(multiple ? { default: [] } : preset !== undefined && { default: preset }),
        },
  ]);
  try {
    const { values, positionals, tokens } = parseArgs({
      args: [...args],
      options: Object.fromEntries(config),
      allowPositionals: true,
      tokens: true,
    });
    const names = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []));
    return { values: values as Readonly<Record<string, unknown>>, positionals, names };
  } catch (error) {
    const message = faultMessage(error);
    const [, ambiguous] = /^Option '(.*)' argument is ambiguous/.exec(message) ?? [];
    if (ambiguous !== undefined)
      throw new UsageError(
        `${ambiguous} has no value; one that begins with a dash is written ${ambiguous}=-VALUE`,
        { cause: error },
      );
    // Node's sentences on what to do instead are about positional arguments that look like options.
    const [fault = ''] = message.split(/\. |\n/);
    throw new UsageError(`${fault.charAt(0).toLowerCase()}${fault.slice(1)}`, { cause: error });
  }
}

function usageOf(called: string, { operands = {}, options = {} }: Command): string {
  const optional = Object.entries(options).map(([name, { value, required, multiple }]) => {
    const text = value === undefined ? `--${name}` : `--${name} ${value}`;
    return required ? text : `[${text}]${multiple ? '…' : ''}`;
  });
  const words = [...Object.keys(operands), ...optional];
  return words.length === 0 ? called.replace(/ --$/, '') : [called, ...words].join(' ');
}

function helpOf(called: string, command: Command): string {
  const { summary, operands = {}, options = {}, environment = {} } = command;
  const told = Object.entries(options).map(([name, option]) => [
    option.value === undefined ? `--${name}` : `--${name} ${option.value}`,
    option.default === undefined ? option.summary : `${option.summary} (${option.default})`,
  ]);
  return [
    `usage: ${usageOf(called, command)}`,
    '',
    summary,
    '',
    ...pairs([
      ...Object.entries(operands),
      ...told,
      ...Object.entries(environment),
      ['--help', 'shows this help, and does nothing else'],
    ]),
  ].join('\n');
}

/** Two columns, the first as wide as its widest cell. */
function pairs(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([name = '']) => name.length));
  return rows.map(([name = '', text = '']) => `  ${name.padEnd(width)}  ${text}`);
}
