import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { defineCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { PartnerSimulator } from '../../../lib/holdfast/local/partners/partner-simulator.ts';
import { playedPartners } from '../../../lib/holdfast/service/simulators.ts';
import { seeded } from '../../../lib/holdfast/testing/crash/seeded.ts';
import { seedOf, wholeNumber } from '../prove/whole-number.ts';
import { type Fate, startLossyProxy } from '../support/lossy-proxy.ts';
import { impatientCopy, type LedgerEntry } from '../support/operations.ts';
import { bankFaults, screeningFaults } from '../support/partner-faults.ts';
import { signIn } from '../support/service.ts';
import { Aftermath } from './aftermath.ts';
import { Lives } from './lives.ts';
import { Memory } from './memory.ts';
import { Person } from './person.ts';
import { Told } from './told.ts';
import { Team } from './traffic.ts';

/** Teams, each a tenant of its own; each works on so many things at once. */
const TEAMS = 3;
const AT_ONCE = 2;

/** Execution environments of one function: each is a thread of 20 MB, and there are some 25 functions. */
const CONCURRENCY = 2;

/** V8 collects as soon as it may: what grows all the same is kept by somebody, and no garbage that waits. */
const TIDY = ['--optimize-for-size'];

/** Partners change their manners after so long. */
const WEATHER_MS = 10_000;

/** Between two restarts, at most. */
const RESTART_MINUTES = 3;

/** How often the network between clients and service loses a request, or its answer, or half of it. */
const LOST = 0.01;

const say = (line: string) => console.log(line);

/** Mixed traffic with faults of partners and network, and restarts; then everything must be right. */
export const proof = defineCommand({
  name: 'soak',
  summary: 'mixed traffic with faults and restarts; then everything must be right',
  options: {
    minutes: { value: 'N', summary: 'how long', default: '30' },
    seed: { value: 'N', summary: 'of what is random (a new one)' },
  },
  async run({ options }) {
    const minutes = wholeNumber('minutes', options.minutes);
    if (minutes < 1 || minutes > 9999) throw new UsageError(`--minutes is '${minutes}'; give 1 to 9999`);
    return (await prove(minutes, seedOf(options.seed) ?? Date.now() % 1_000_000)) ? 0 : 1;
  },
});

async function prove(minutes: number, seed: number): Promise<boolean> {
  say(
    `${minutes} min, seed ${seed}; ${availableParallelism()} cores of ${cpus()[0]?.model ?? 'an unknown CPU'}, Node ${process.version}`,
  );
  await using closing = new AsyncDisposableStack();
  const random = seeded(seed);
  const data = await mkdtemp(join(tmpdir(), 'holdfast-soak-'));
  closing.defer(() => rm(data, { recursive: true, force: true }));
  const copy = await impatientCopy();
  closing.defer(() => copy.remove());
  // The partners outlive the service, as real ones do.
  const partners = new PartnerSimulator(await playedPartners(), random);
  await partners.listen();
  closing.defer(() => partners.close());
  const urls = { bank: `${partners.url}/bank`, screening: `${partners.url}/screening` };
  const functions = { POWERTOOLS_LOG_LEVEL: 'SILENT', PARTNER_URLS: JSON.stringify(urls) };
  const lives = new Lives({
    root: copy.root,
    data,
    functions,
    every: 1,
    concurrency: CONCURRENCY,
    flags: TIDY,
  });
  closing.defer(() => lives.end('SIGTERM').catch(() => undefined));
  const network = await startLossyProxy((await lives.begin()).url);
  closing.defer(() => network.close());
  partners.callbackUrl = network.url;
  network.fate = () => {
    network.requests.length = 0;
    const drawn = random() / LOST;
    const fates: readonly Fate[] = ['lose-request', 'lose-answer', 'break-off'];
    return fates[Math.floor(drawn * fates.length)] ?? 'pass';
  };

  const told = new Told();
  const memory = new Memory(lives, data);
  memory.start();
  closing.defer(() => memory.stop());
  const ending = new AbortController();
  const people = await peopleOf(network.url, told, random);
  const teams = people.map((three) => new Team(three, told, random, ending.signal));
  const work = Promise.all(teams.flatMap((team) => Array.from({ length: AT_ONCE }, () => team.work())));
  const weather = changeWeather(partners.url, random, ending.signal);
  const end = delay(minutes * 60_000);
  await restarts(lives, minutes, (url) => {
    network.target = url;
  });
  await end;
  ending.abort();
  await Promise.all([work, weather]);
  memory.stop();
  await fetch(`${partners.url}/faults`, { method: 'DELETE' });
  network.fate = () => 'pass';

  const ledger = async () => (await (await fetch(`${partners.url}/ledger`)).json()) as readonly LedgerEntry[];
  const reader = (payout: string) => people.flat().find((person) => person.hasSeen(payout)) ?? nobody(payout);
  const aftermath = new Aftermath(told, reader, ledger);
  const found = await aftermath.faults();
  const idle = aftermath.ended.has('succeeded') ? [] : ['no operation succeeded by itself'];
  const faults = [...idle, ...found];
  const { lines, judgement } = memory.report();
  tell(told, aftermath, lives);
  for (const line of lines) say(line);
  say(`memory is ${judgement}; ${faults.length} faults`);
  for (const fault of faults) say(`  ${fault}`);
  return judgement !== 'NOT flat' && faults.length === 0;
}

const nobody = (payout: string): never => {
  throw new Error(`nobody has made ${payout}`);
};

/** Three people of each team. */
const peopleOf = (url: string, told: Told, random: () => number) =>
  Promise.all(
    Array.from({ length: TEAMS }, async (_, team) => {
      const person = async (subject: string) =>
        new Person(
          subject,
          await signIn(url, { subject, tenant: `team-${team}`, scopes: 'payouts:* operations:*' }),
          told,
          random,
        );
      return Promise.all([person('alice'), person('bob'), person('carol')]);
    }),
  );

/** Ends the service and starts it again, every few minutes in the first two thirds: at once, and gracefully, in turn. */
async function restarts(lives: Lives, minutes: number, moved: (url: string) => void): Promise<void> {
  const span = (minutes * 2) / 3;
  const count = Math.max(2, Math.floor(span / RESTART_MINUTES));
  const start = Date.now();
  for (let i = 1; i <= count; i++) {
    await delay(Math.max(0, start + (i * span * 60_000) / count - Date.now()));
    const signal = i % 2 === 1 ? 'SIGKILL' : 'SIGTERM';
    const before = Date.now();
    await lives.end(signal);
    const { url } = await lives.begin();
    moved(url);
    say(
      `${((before - start) / 60_000).toFixed(1)} min: ${signal}, served again after ${((Date.now() - before) / 1000).toFixed(1)} s`,
    );
  }
}

/** What the partners do wrong changes again and again. */
async function changeWeather(url: string, random: () => number, signal: AbortSignal): Promise<void> {
  const set = (partner: string, faults: object) =>
    fetch(`${url}/faults/${partner}`, { method: 'PUT', body: JSON.stringify(faults) });
  while (!signal.aborted) {
    await set('bank', bankFaults(random));
    await set('screening', screeningFaults(random));
    await delay(WEATHER_MS, undefined, { signal }).catch(() => undefined);
  }
}

function tell(told: Told, { ended, states, entries }: Aftermath, lives: Lives): void {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .toSorted()
      .map(([what, count]) => `${what} ${count}`)
      .join('; ');
  const accepted = [...told.accepted.values()].flat().length;
  say(
    `${lives.count - 1} restarts; ${told.accepted.size} payouts, ${accepted} writes accepted, ${told.operations.size} operations, ${entries} entries of history`,
  );
  say(`answers: ${list(told.counts)}`);
  say(`operations ended: ${list(ended)}`);
  say(`payouts: ${list(states)}`);
  const complaints = Map.groupBy(lives.complaints, (line) => line.slice(0, 120));
  for (const [line, all] of complaints) say(`  the service said ${all.length} times: ${line}`);
}
