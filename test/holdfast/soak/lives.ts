import { execFile } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Service, type ServiceOptions, startService } from '../support/service.ts';

/** How often to look whether the emulator of an ended service is gone; it is within half a second. */
const LOOK_MS = 50;

/** A process, and the memory that it has resident. */
interface Process {
  readonly pid: number;
  readonly rssKb: number;
}

/** A service that is ended and started again over the same data, its processes one life after the other. */
export class Lives {
  readonly #options: ServiceOptions & { readonly data: string };
  #service: Service | undefined;
  /** How many there have been. */
  count = 0;
  startedAt = 0;
  /** What services have printed that is no news of a request: complaints. */
  readonly complaints: string[] = [];

  constructor(options: ServiceOptions & { readonly data: string }) {
    this.#options = options;
  }

  get service(): Service {
    if (this.#service === undefined) throw new Error('the service is down');
    return this.#service;
  }

  /** Begins a life, and waits until it serves. */
  async begin(): Promise<Service> {
    // Two emulators on one file would lose writes.
    while ((await this.emulator()) !== undefined) await delay(LOOK_MS);
    this.#service = await startService(this.#options);
    this.startedAt = Date.now();
    this.count++;
    return this.#service;
  }

  /** Ends it: SIGKILL leaves it no time for anything. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const { service } = this;
    this.#service = undefined;
    await service.end(signal);
    this.complaints.push(...service.lines.filter((line) => /error|stream of|set aside|DENIED/i.test(line)));
  }

  /** The service's own process; undefined while there is none. */
  async process(): Promise<Process | undefined> {
    const pid = this.#service?.child.pid;
    return pid === undefined ? undefined : (await processes()).find((each) => each.pid === pid);
  }

  /** The emulator that has the data open. */
  async emulator(): Promise<Process | undefined> {
    return (await processes()).find(
      ({ args }) =>
        /dynoxide\S* serve/.test(args) && !args.startsWith('sh ') && args.includes(this.#options.data),
    );
  }
}

async function processes(): Promise<readonly (Process & { readonly args: string })[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,rss=,args='], {
    maxBuffer: 2 ** 24,
  });
  return [...stdout.matchAll(/^\s*(\d+)\s+(\d+)\s+(.*)$/gm)].map(([, pid, rss, args = '']) => ({
    pid: Number(pid),
    rssKb: Number(rss),
    args,
  }));
}
