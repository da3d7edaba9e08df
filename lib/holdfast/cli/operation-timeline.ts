import { mintToken } from '../local/issuer.ts';
import { nodeOf } from '../openapi/schemas/node.ts';
import { ask, serviceUrl } from './service-options.ts';
import { stageToken } from './stage-token.ts';
import { claimedName } from './token.ts';

/** Which service is asked, and as whom. */
interface ShowOptions {
  readonly url: string | undefined;
  readonly stage: string | undefined;
  readonly tenant: string;
  readonly token: string | undefined;
  readonly client: string | undefined;
}

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
  readonly resource: { readonly type: string; readonly href: string };
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

interface Page {
  readonly items: readonly Entry[];
  /** Where the page after this one begins. */
  readonly next?: string;
}

/** What each state waits for, and what a person may do about it. */
const ADVICE: Readonly<Record<string, (operation: Shown) => string>> = {
  accepted: () => 'it is about to start; if nothing else starts it, the sweep does within a minute',
  running: ({ step }) => `it waits for the outcome of ${step}; nothing to do`,
  waiting: ({ step, nextAttemptAt }) =>
    `${step} could not be done yet, and is retried at ${nextAttemptAt}; nothing to do`,
  cancelling: () => 'completed steps are being compensated; nothing to do',
  'needs-attention': ({ id, step }) =>
    `find out from the partner whether ${step} was done, then POST /operations/${id}/resolve with {"outcome": "succeeded" | "failed" | "retry", "evidence": "…"}; add "resource": "leave" where its problem says that it does not hold its resource any more`,
  succeeded: () => 'it is done',
  failed: () => 'it failed, and completed steps were compensated',
  cancelled: () => 'it was cancelled, and completed steps were compensated',
};

/**
 * `npm run operation -- show ID`: one operation's timeline for support: what happened, what it waits for, what to do.
 * @throws Error with the problem that the API answered, or the name of the service that did not
 */
export async function showOperation(
  id: string,
  options: ShowOptions,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const url = await serviceUrl(options, environment);
  const read = async <T>(path: string, scope: string): Promise<T> => {
    const headers = { Authorization: `Bearer ${await tokenFor(scope, options)}` };
    const response = await ask(url, path, { headers });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && body !== undefined) return body as T;
    const { title, code, detail, help } = nodeOf(body);
    if (code === undefined)
      throw new Error(
        `${url}${path} answered ${response.status}, and no problem of the contract; is it the service?`,
      );
    throw new Error(`${path}: ${title} (${code}); ${detail ?? help}`);
  };
  const operation = await read<Shown>(`/operations/${encodeURIComponent(id)}`, 'operations:read');
  const { type, href } = operation.resource;
  const entries: Entry[] = [];
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const page: Page = await read(`${href}/history?after=${after}`, `${type}:read`);
    entries.push(...page.items);
    after = page.next;
  }
  print(`operation ${operation.id} on ${href}: ${operation.state}`);
  for (const entry of entries.filter(({ operation: of }) => of === id)) print(line(entry));
  if (operation.problem !== undefined) print(`why: ${operation.problem.detail}`);
  if (operation.waiting !== undefined) print(waitLine(operation.waiting));
  print(`now: ${ADVICE[operation.state]?.(operation) ?? operation.state}`);
}

/** Each request is made with the scope that it needs, and no other, where the token is made here. */
const tokenFor = async (scope: string, { token, stage, tenant, client }: ShowOptions): Promise<string> => {
  if (token !== undefined) return token;
  if (stage !== undefined) return stageToken(stage, client);
  return mintToken({ tenant: claimedName('tenant', tenant), subject: 'support', scopes: scope });
};

const waitLine = ({ reason, partner, since, nextAttemptAt }: NonNullable<Shown['waiting']>): string =>
  `waits: ${reason} of ${partner} since ${since}, next at ${nextAttemptAt}`;

const line = ({ at, action, actor, from = '', to, step = '', attempt, ...said }: Entry): string => {
  const move = from === to ? to : `${from} → ${to}`;
  const told = (['outcome', 'evidence', 'resource', 'note', 'told'] as const)
    .flatMap((member) => (said[member] === undefined ? [] : [`  ${member}: ${said[member]}`]))
    .join('');
  return `${at}  ${action.padEnd(10)} ${step}${attempt === undefined ? '' : ` #${attempt}`}  ${move}  by ${actor}${told}`;
};
