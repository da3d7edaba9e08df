interface Line {
  readonly level: string;
  readonly message: string;
  readonly service?: string;
  readonly error?: { readonly stack?: string };
}

/** Members that say nothing on one machine. */
const QUIET = new Set([
  'level',
  'message',
  'service',
  'timestamp',
  'sampling_rate',
  'xray_trace_id',
  'error',
]);

/** A function's log line for a person: structured as in CloudWatch, it is one line of words here; a metric is none. */
export function readable(line: string): string | undefined {
  if (line.startsWith('{"_aws":')) return undefined;
  const parsed = parse(line);
  if (parsed === undefined) return line;
  const { level, message, service = '', error } = parsed;
  const members = Object.entries(parsed).filter(([name, value]) => !QUIET.has(name) && value !== undefined);
  const words = members.map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return [
    [level.padEnd(5), service, message, ...words].join(' '),
    ...(error?.stack === undefined ? [] : [error.stack]),
  ].join('\n');
}

function parse(line: string): Line | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: Partial<Line> = JSON.parse(line);
    return typeof value.level === 'string' && typeof value.message === 'string' ? (value as Line) : undefined;
  } catch {
    return undefined;
  }
}
