import { UsageError } from '../cli/command/command.ts';

/** How the local cloud is run. */
export interface Settings {
  /** 0 for any free port. */
  readonly port: number;
  /** Folder that keeps the data. @default a temporary one, removed at the end */
  readonly data?: string;
  /** Endpoint of a DynamoDB that runs already. @default one is started */
  readonly dynamodb?: string;
  /** Environment of every function, over that of the template. */
  readonly functions: Readonly<Record<string, string>>;
  /** Most execution environments that one function may have at once. */
  readonly concurrency: number;
  /** Seconds between two runs of a scheduled function. @default its rule's own rate */
  readonly everySeconds?: number;
  /** Whether npm is the parent, so that its end is ours. */
  readonly startedByNpm: boolean;
}

/** What `npm start` was given. */
export interface StartOptions {
  readonly data?: string | undefined;
  readonly env?: readonly string[];
  readonly concurrency?: string;
  readonly every?: string | undefined;
}

/**
 * Reads options and environment; the only place of the local cloud that does.
 * @throws UsageError that names the option, and what is allowed
 */
export function readSettings(
  { data, env = [], concurrency, every }: StartOptions,
  environment: NodeJS.ProcessEnv,
): Settings {
  const port = readPort(environment);
  return {
    port,
    functions: Object.fromEntries(env.map(readVariable)),
    concurrency: wholeNumber('--concurrency', concurrency ?? '10', 1, 1000),
    startedByNpm: environment.npm_lifecycle_event !== undefined,
    ...(every !== undefined && { everySeconds: wholeNumber('--every', every, 1, 86_400) }),
    ...(data !== undefined && { data }),
    ...(environment.DYNAMODB_ENDPOINT !== undefined && { dynamodb: endpoint(environment.DYNAMODB_ENDPOINT) }),
  };
}

/** Of the service that `npm start` runs. @throws UsageError for what is no port */
export const readPort = ({ PORT = '3000' }: NodeJS.ProcessEnv): number =>
  wholeNumber('PORT', PORT, 0, 65_535);

function readVariable(assignment: string): [string, string] {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(assignment) ?? [];
  if (name === undefined || value === undefined) {
    throw new UsageError(`--env '${assignment}' is not an assignment; write NAME=VALUE`);
  }
  return [name, value];
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  if (/^\d{1,5}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new UsageError(`${name} is '${value}'; give a whole number from ${least} to ${most}`);
}

function endpoint(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new UsageError(`DYNAMODB_ENDPOINT is '${value}'; give a URL such as http://127.0.0.1:8000`);
}
