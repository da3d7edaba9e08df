import { readdir, readFile } from 'node:fs/promises';
import { signIn, startService } from '../support/service.ts';
import { median, quantile, type Target, table } from './figures.ts';

/** Clients that each wait for an answer before they send again. */
const CLIENTS = 8;
const REQUESTS = 1_000;

/** What the local cloud of `npm start` takes and gives. */
export interface Local {
  readonly readySeconds: number;
  /** Of all its processes, by what it had done. */
  readonly memory: readonly { readonly when: string; readonly pss: number; readonly rss: number }[];
  readonly perSecond: number;
  readonly times: readonly number[];
}

/** Starts it, disburses a payout, then sends it changes and reads over HTTP. */
export async function measureLocal(): Promise<Local> {
  const begun = performance.now();
  const service = await startService();
  const readySeconds = (performance.now() - begun) / 1_000;
  try {
    const memory: Local['memory'][number][] = [];
    const look = async (when: string) => {
      const { pss, rss } = await memoryOf(service.child.pid ?? 0);
      memory.push({ when, pss, rss });
    };
    await look('ready');
    const alice = await signIn(service.url, { scopes: 'payouts:* operations:*' });
    const bob = await signIn(service.url, { subject: 'bob' });
    const created = await alice.create();
    const approved = await bob.act('approve', await alice.act('submit', created));
    const accepted = await alice.act('disburse', approved);
    const ended = await alice.get(`/operations/${accepted.json.id}`, { Prefer: 'wait=20' });
    if (ended.json.state !== 'succeeded') throw new Error(`the operation is ${ended.json.state}`);
    await look('after a disbursement');

    const times: number[] = [];
    const client = async () => {
      let payout = await alice.create();
      for (let i = 0; i < REQUESTS / CLIENTS; i++) {
        const start = performance.now();
        const answer =
          i % 2 === 0
            ? await alice.act('change-amount', payout, {
                body: { amount: { currency: 'EUR', value: '7.00' } },
              })
            : await alice.get(`/payouts/${payout.json.id}`);
        times.push(performance.now() - start);
        if (answer.status !== 200) throw new Error(`answered ${answer.status}: ${answer.text}`);
        payout = answer;
      }
    };
    const start = performance.now();
    await Promise.all(Array.from({ length: CLIENTS }, client));
    const perSecond = times.length / ((performance.now() - start) / 1_000);
    await look(`after ${REQUESTS} requests`);
    return { readySeconds, memory, perSecond, times };
  } finally {
    await service.end();
  }
}

/**
 * Megabytes of a process and of all that it has started. The proportional size counts what several share once.
 * @see https://docs.kernel.org/filesystems/proc.html
 */
async function memoryOf(root: number): Promise<{ readonly pss: number; readonly rss: number }> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const parents = new Map(
    await Promise.all(
      pids.map(async (pid) => {
        const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
        return [Number(pid), Number(status.slice(status.lastIndexOf(')')).split(' ')[2])] as const;
      }),
    ),
  );
  const below = (pid: number): boolean => pid === root || (pid > 1 && below(parents.get(pid) ?? 0));
  const sizes = await Promise.all(
    [...parents.keys()].filter(below).map(async (pid) => {
      const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      const megabytes = (name: string) =>
        Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0) / 1_024;
      return { pss: megabytes('Pss'), rss: megabytes('Rss') };
    }),
  );
  const total = (name: 'pss' | 'rss') => sizes.reduce((sum, each) => sum + each[name], 0);
  return { pss: total('pss'), rss: total('rss') };
}

/** Prints it. */
export function printLocal({ readySeconds, memory, perSecond, times }: Local): void {
  console.log(`npm start: ready after ${readySeconds.toFixed(1)} s; memory of all its processes`);
  table([
    ['', 'MB (proportional)', 'MB (resident)'],
    ...memory.map(({ when, pss, rss }) => [when, pss.toFixed(0), rss.toFixed(0)]),
  ]);
  console.log(`${CLIENTS} clients over HTTP, changes and reads by turns`);
  table([
    ['requests/s', 'p50 ms', 'p99 ms'],
    [perSecond.toFixed(0), median(times).toFixed(1), quantile(times, 0.99).toFixed(1)],
  ]);
}

/** What was promised of it. */
export const localTargets = ({ readySeconds, memory }: Local): readonly Target[] => [
  {
    promise: 'npm start is ready in under 5 s',
    measured: `${readySeconds.toFixed(1)} s`,
    met: readySeconds < 5,
  },
  {
    promise: 'npm start takes under 400 MB when ready',
    measured: `${memory[0]?.pss.toFixed(0)} MB`,
    met: (memory[0]?.pss ?? 0) < 400,
  },
];
