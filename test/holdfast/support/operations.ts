import { type Answer, freshKey, type User } from './client.ts';
import { type Copy, copyRepository } from './copy.ts';
import { eventually } from './eventually.ts';
import { type Service, type ServiceOptions, signIn, startService } from './service.ts';

/** A service whose partners are impatient, so that a test need not wait as long as a bank does. */
export interface Workflow {
  readonly service: Service;
  readonly alice: User;
  readonly bob: User;
  /** Tells a partner what to do wrong; without faults, everything right again. */
  faults(partner: string, faults?: object): Promise<void>;
  /** What a partner really did for a payout. */
  ledger(partner: string, payout: Answer): Promise<readonly LedgerEntry[]>;
  /** A payout that may be disbursed. */
  approved(): Promise<Answer>;
  disburse(payout: Answer, key?: string): Promise<Answer>;
  /** Reads the operation until it is as asked for. */
  until(operation: Answer, done: (operation: Answer) => boolean): Promise<Answer>;
  close(): Promise<void>;
}

export interface LedgerEntry {
  readonly partner: string;
  readonly reference: string;
  readonly asked: number;
  readonly done: number;
  readonly state: string;
}

const FINAL = ['succeeded', 'failed', 'cancelled', 'needs-attention'];

/** Whether nothing more will happen by itself. */
export const isOver = ({ json }: Answer): boolean => FINAL.includes(String(json.state));

/** Sends a request as a client does: again under the same key, while the answer says so. */
async function insist(send: (key: string) => Promise<Answer>): Promise<Answer> {
  const key = freshKey();
  return eventually(
    'an answer other than to retry',
    async () => {
      const answer = await send(key);
      if (answer.status >= 300 && answer.json.recovery !== 'retry')
        throw new Error(`refused: ${answer.text}`);
      return answer;
    },
    ({ status }) => status < 300,
  );
}

/** A copy of the repository with short timings. */
export async function impatientCopy(): Promise<Copy> {
  return impatient(await copyRepository(), { bank: false, screening: true });
}

/**
 * Makes the timings of a copy short, and those of its partners.
 * @param partners and whether each calls back
 */
export async function impatient(copy: Copy, partners: Readonly<Record<string, boolean>>): Promise<Copy> {
  for (const [partner, callsBack] of Object.entries(partners)) {
    const file = `functions/partners/${partner}.ts`;
    await copy.edit(file, 'timeoutMs: 5_000', 'timeoutMs: 600');
    await copy.edit(file, 'settleSeconds: 30', 'settleSeconds: 2');
    await copy.edit(file, 'baseMs: 1_000, capMs: 60_000', 'baseMs: 50, capMs: 500');
    await copy.edit(file, 'openSeconds: 10', 'openSeconds: 2');
    await copy.edit(file, 'ratePerSecond: ', 'ratePerSecond: 10');
    if (callsBack) await copy.edit(file, 'callbackSeconds: 60', 'callbackSeconds: 2');
  }
  await copy.edit(
    'lib/holdfast/core/operations/operation-machine.ts',
    'ASK_AFTER_MS = 2_000',
    'ASK_AFTER_MS = 200',
  );
  await copy.edit(
    'lib/holdfast/core/operations/operation-directive.ts',
    'QUEUE_SECONDS = 900',
    'QUEUE_SECONDS = 20',
  );
  await copy.edit(
    'lib/holdfast/runtime/operations/operation-store.ts',
    'DUE_MARGIN_MS = 60_000',
    'DUE_MARGIN_MS = 500',
  );
  await copy.edit(
    'lib/holdfast/core/partners/define-partner.ts',
    'OVERHEAD_SECONDS = 10',
    'OVERHEAD_SECONDS = 1',
  );
  await copy.edit('lib/holdfast/cdk/operations/partner-queue.ts', 'MAX_RECEIVES = 5', 'MAX_RECEIVES = 2');
  return copy;
}

/** Starts a service from a copy with short timings. */
export async function startWorkflow({
  edit,
  ...options
}: Partial<ServiceOptions> & {
  /** Changes the copy before it is started. @default nothing more is changed */
  readonly edit?: (copy: Copy) => Promise<void>;
} = {}): Promise<Workflow> {
  const copy = await impatientCopy();
  await edit?.(copy);
  const service = await startService({ root: copy.root, every: 1, ...options });
  const [alice, bob] = await Promise.all(
    ['alice', 'bob'].map((subject) => signIn(service.url, { subject, scopes: 'payouts:* operations:*' })),
  );
  if (alice === undefined || bob === undefined) throw new Error('nobody could sign in');
  const control = (method: string, path: string, body?: object) =>
    fetch(`${service.partners}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  return {
    service,
    alice,
    bob,
    async faults(partner, faults = {}) {
      await control('PUT', `/faults/${partner}`, faults);
    },
    async ledger(partner, payout) {
      const entries = (await (await control('GET', '/ledger')).json()) as LedgerEntry[];
      return entries.filter(
        (entry) => entry.partner === partner && entry.reference.startsWith(String(payout.json.id)),
      );
    },
    async approved() {
      const created = await insist((key) => alice.create(key));
      const submitted = await insist((key) => alice.act('submit', created, { key }));
      return insist((key) => bob.act('approve', submitted, { key }));
    },
    disburse: (payout, key) => insist((fresh) => alice.act('disburse', payout, { key: key ?? fresh })),
    async until(operation, done) {
      return eventually(
        `operation ${operation.json.id} to be as asked for`,
        async () => {
          const read = await alice.get(`/operations/${operation.json.id}`, { Prefer: 'wait=2' });
          if (!done(read) && isOver(read)) throw new Error(`it is over: ${read.text}`);
          return read;
        },
        done,
        { progress: ({ etag }) => etag },
      );
    },
    async close() {
      await service.end();
      await copy.remove();
    },
  };
}
