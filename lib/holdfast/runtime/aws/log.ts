import { isNativeError } from 'node:util/types';
import { lambdaEnvironment } from './environment.ts';

const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR', 'SILENT'];

/** The lowest level that is logged, by the variable of Powertools. */
const lowest = LEVELS.indexOf(lambdaEnvironment('POWERTOOLS_LOG_LEVEL') ?? 'INFO');

const at =
  (level: 'INFO' | 'WARN' | 'ERROR') =>
  (message: string, members: Readonly<Record<string, unknown>>): void => {
    if (LEVELS.indexOf(level) < lowest) return;
    const [, traceId] = /Root=([^;]+)/.exec(lambdaEnvironment('_X_AMZN_TRACE_ID') ?? '') ?? [];
    const timestamp = new Date().toISOString();
    const service = lambdaEnvironment('POWERTOOLS_SERVICE_NAME');
    print({ level, message, timestamp, service, xray_trace_id: traceId, ...members });
  };

/**
 * Lines of Powertools' Logger, without its 25 kB: every cold start compiles them, and each line takes it nearly twice as long.
 * @see docs/decisions/log-lines.md and https://docs.aws.amazon.com/powertools/typescript/latest/features/logger/
 */
export const logger = { info: at('INFO'), warn: at('WARN'), error: at('ERROR') };

/**
 * One line of JSON. It goes to the stream itself: what goes through the console, Lambda wraps.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function print(line: object): void {
  if (isQuiet) return;
  let text: string;
  try {
    text = JSON.stringify(line, sayable());
  } catch (error) {
    // Whatever a team or a partner throws, even what throws when it is looked at, no request loses its answer for its line.
    text = JSON.stringify({ ...line, error: String(error) });
  }
  process.stdout.write(`${text}\n`);
}

let isQuiet = false;

/** Writes no line meanwhile, and tells of no error: what happens is for nobody. */
export async function quietly(act: () => Promise<unknown>): Promise<void> {
  isQuiet = true;
  await (async () => act())().catch(() => undefined);
  isQuiet = false;
}

/** What JSON has no form for: errors, large numbers, and objects that hold themselves. */
function sayable(): (name: string, value: unknown) => unknown {
  const said = new WeakSet<object>();
  return (_, value) => {
    if (typeof value === 'bigint') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (said.has(value)) return undefined;
    said.add(value);
    if (!isNativeError(value)) return value;
    const { name, message, stack, cause } = value;
    const { errors } = value instanceof AggregateError ? value : {};
    return Object.assign({ name, message, stack, cause, errors }, value);
  };
}

/** What was thrown, as an error: with its own stack where it is one. */
export const errorOf = (thrown: unknown): Error =>
  isNativeError(thrown) ? thrown : new Error(String(thrown));
