import { isNativeError } from 'node:util/types';
import { lambdaEnvironment } from './environment.ts';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'CRITICAL', 'SILENT'];

/** The lowest level that is logged, by the variable of Powertools; all are, where that names none. */
const lowest = LEVELS.indexOf(lambdaEnvironment('POWERTOOLS_LOG_LEVEL')?.toUpperCase() ?? 'INFO');

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
    // A thrown value may throw when it is read. The line says less then, and the request still gets its answer.
    text = JSON.stringify({ ...line, error: errorOf(error).message });
  }
  process.stdout.write(`${text}\n`);
}

let isQuiet = false;

/** Runs something without a line of the log, and ignores its error: nobody waits for it. */
export async function quietly(act: () => Promise<unknown>): Promise<void> {
  isQuiet = true;
  await (async () => act())().catch(() => undefined);
  isQuiet = false;
}

/** A replacer for what JSON has no form for: errors, bigints, and objects that contain themselves. */
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

/** What was thrown, as an error: with its own stack where it is one, and with its text where it has one. */
export function errorOf(thrown: unknown): Error {
  if (isNativeError(thrown)) return thrown;
  try {
    return new Error(String(thrown));
  } catch {
    return new Error(`${typeof thrown} without a text`);
  }
}
