import { parseArgs } from 'node:util';
import { mintToken } from '../local/issuer.ts';

const USAGE = `usage: npm run operation -- show OPERATION_ID [--url http://127.0.0.1:3000] [--tenant acme] [--token TOKEN]
without --token it makes one for the local cloud`;

interface Shown {
  readonly id: string;
  readonly state: string;
  readonly step: string;
  readonly attempt: number;
  readonly nextAttemptAt?: string;
  readonly waiting?: {
    readonly reason: string;
    readonly partner: string;
    readonly since: string;
    readonly nextAttemptAt: string;
  };
  readonly problem?: { readonly detail: string };
  readonly resource: { readonly href: string };
  readonly cancelable: boolean;
}

interface Entry {
  readonly at: string;
  readonly action: string;
  readonly actor: string;
  readonly from?: string;
  readonly to: string;
  readonly step?: string;
  readonly attempt?: number;
  readonly operation?: string;
  readonly told?: string;
  readonly note?: string;
  readonly outcome?: string;
  readonly evidence?: string;
  readonly resource?: string;
}

/** What each state waits for, and what a person may do about it. */
const ADVICE: Readonly<Record<string, (operation: Shown) => string>> = {
  accepted: () => 'it is about to be started; the sweep starts it within a minute if nothing else does',
  running: ({ step }) => `it waits for what becomes of ${step}; nothing is to be done`,
  waiting: ({ step, nextAttemptAt }) =>
    `${step} could not be done yet and is tried again at ${nextAttemptAt}; nothing is to be done`,
  cancelling: () => 'what was done is being taken back; nothing is to be done',
  'needs-attention': ({ id, step }) =>
    `find out from the partner whether ${step} was done, then POST /operations/${id}/resolve with {"outcome": "succeeded" | "failed" | "retry", "evidence": "…"}; add "resource": "leave" where its problem says that it does not hold its resource any more`,
  succeeded: () => 'it is done',
  failed: () => 'it was not done, and what had been done was taken back',
  cancelled: () => 'it was cancelled, and what had been done was taken back',
};

/**
 * `npm run operation -- show ID`: one operation's timeline for support: what happened, what it waits for, what to do.
 * @throws Error with the usage, or with the problem that the API answered
 */
export async function showOperation(args: readonly string[], print: (line: string) => void): Promise<void> {
  const { url, token, id } = await readOptions(args);
  const read = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
    const body = (await response.json()) as Record<string, string>;
    if (response.ok) return body as unknown as T;
    throw new Error(`${path}: ${body.title} (${body.code}); ${body.detail ?? body.help}`);
  };
  const operation = await read<Shown>(`/operations/${id}`);
  const { items } = await read<{ items: readonly Entry[] }>(`${operation.resource.href}/history`);
  print(`operation ${operation.id} on ${operation.resource.href}: ${operation.state}`);
  for (const entry of items.filter(({ operation: of }) => of === id)) print(line(entry));
  if (operation.problem !== undefined) print(`why: ${operation.problem.detail}`);
  if (operation.waiting !== undefined) print(waitLine(operation.waiting));
  print(`now: ${ADVICE[operation.state]?.(operation) ?? operation.state}`);
}

const waitLine = ({ reason, partner, since, nextAttemptAt }: NonNullable<Shown['waiting']>): string =>
  `waits: ${reason} of ${partner} since ${since}, next at ${nextAttemptAt}`;

const line = ({ at, action, actor, from = '', to, step = '', attempt, ...said }: Entry): string => {
  const move = from === to ? to : `${from} → ${to}`;
  const told = (['outcome', 'evidence', 'resource', 'note', 'told'] as const)
    .flatMap((member) => (said[member] === undefined ? [] : [`  ${member}: ${said[member]}`]))
    .join('');
  return `${at}  ${action.padEnd(10)} ${step}${attempt === undefined ? '' : ` #${attempt}`}  ${move}  by ${actor}${told}`;
};

async function readOptions(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://127.0.0.1:3000' },
        tenant: { type: 'string', default: 'acme' },
        token: { type: 'string' },
      },
    });
    const [verb, id, ...rest] = positionals;
    if (verb !== 'show' || id === undefined || rest.length > 0)
      throw new Error('say show, and one id of an operation');
    const scopes = 'operations:read payouts:*';
    return {
      ...values,
      id,
      token: values.token ?? (await mintToken({ tenant: values.tenant, subject: 'support', scopes })),
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${USAGE}`, { cause: error });
  }
}
