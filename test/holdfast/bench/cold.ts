import { execFile } from 'node:child_process';
import { rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import type { Item } from './capacity.ts';
import { median, ratio, type Target, table } from './figures.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf } from './payouts.ts';
import { bundleAsPackagesCome, type Stand, SUBJECTS, type Subject } from './stand.ts';

const run = promisify(execFile);

/** Enough for the median to settle within a few per cent on a shared machine. */
const RUNS = 25;

/** Actions of one process: the first compile, the others are counted. */
const COMPILING = 50;
const COUNTED = 200;

/** Processes that do so, of each subject. */
const CPU_RUNS = 3;

/** Imports a bundle, sends it events one after another, and prints what that took. */
const CHILD = `
import { readFileSync } from 'node:fs';
const [file, eventsFile, compiling] = process.argv.slice(1);
const events = JSON.parse(readFileSync(eventsFile, 'utf8'));
const context = { getRemainingTimeInMillis: () => 15000, awsRequestId: 'bench', functionName: 'bench' };
// The usage that Node tells begins with that of the process that started this one.
const highest = () => Number(/VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) / 1024;
const begun = performance.now();
const { handler } = await import(file);
const importMs = performance.now() - begun;
const rss = highest();
const [first, ...others] = events;
if (first) await handler(first, context);
const firstMs = performance.now() - begun;
let cpu = process.cpuUsage();
const times = [];
for (const [i, event] of others.entries()) {
  if (i === Number(compiling)) cpu = process.cpuUsage();
  const sent = performance.now();
  const { statusCode } = await handler(event, context);
  if (i >= Number(compiling)) times.push(performance.now() - sent);
  if (statusCode !== 200) throw new Error('refused: ' + statusCode);
}
const warmMs = times.sort((a, b) => a - b)[times.length >> 1];
const { user, system } = process.cpuUsage(cpu);
const cpuMs = (user + system) / 1000 / Math.max(1, others.length - compiling);
const peak = highest();
console.error(JSON.stringify({ importMs, firstMs, warmMs, rss, peak, cpuMs }));
process.exit(0);
`;

interface Told {
  readonly importMs: number;
  /** Import and first answer together. */
  readonly firstMs: number;
  /** The median of warm actions. */
  readonly warmMs: number;
  /** Megabytes at most, to the end of the import. */
  readonly rss: number;
  /** Megabytes at most, to the end. */
  readonly peak: number;
  /** Of one warm action. */
  readonly cpuMs: number;
}

/** One bundle, started again and again. */
export interface Cold {
  readonly name: string;
  readonly bytes: number;
  readonly importMs: number;
  readonly rss: number;
  /** Import and first answer together; NaN where it is none of the subjects. */
  readonly firstMs: number;
  /** The first answer alone. */
  readonly requestMs: number;
  readonly subject?: Subject;
  /** Bundled by the options of our actions, to the last. */
  readonly trimmed: boolean;
}

/** One action of a process that has made some. */
interface Warm {
  readonly cpuMs: number;
  readonly ms: number;
  /** Megabytes. */
  readonly peak: number;
}

/** What was measured of processes that begin, and of what a warm one spends. */
export interface ColdStarts {
  readonly bundles: readonly Cold[];
  readonly warm: Readonly<Record<Subject, Warm>>;
}

/** What the bundle of each row is, and whether it answers the events of a change. */
interface Row {
  readonly name: string;
  readonly file: string;
  readonly subject?: Subject;
  /** Whether it is told that Lambda makes it ready, upon which it reads. @default false */
  readonly isReadied?: true;
}

const PLAIN = 'bare client, as the SDK comes';
const TRIMMED = 'floor, trimmed as ours';
const OURS = 'holdfast change-amount';
const READIED = 'holdfast change-amount, as Lambda readies it';

/** Bytes, import, first answer and memory of bundles, started in turns; then the CPU time of warm actions. */
export async function measureColdStarts(stand: Stand): Promise<ColdStarts> {
  const plain = `${stand.outdir}-plain`;
  await bundleAsPackagesCome(plain);
  try {
    return await measure(stand, rows(stand, plain));
  } finally {
    await rm(plain, { recursive: true, force: true });
  }
}

function rows({ outdir }: Stand, plain: string): readonly Row[] {
  const file = (name: string, folder = outdir) => join(folder, name, 'index.mjs');
  return [
    { name: PLAIN, file: file('bare', plain) },
    { name: 'floor, as the SDK comes', file: file('floor', plain), subject: 'floor' },
    { name: 'usual, as the SDK comes', file: file('usual', plain), subject: 'usual' },
    { name: TRIMMED, file: file('floor'), subject: 'floor' },
    { name: 'usual, trimmed as ours but for JMESPath', file: file('usual'), subject: 'usual' },
    { name: 'the packages of an action of ours', file: file('packages') },
    { name: OURS, file: file('payouts-change-amount'), subject: 'holdfast' },
    { name: READIED, file: file('payouts-change-amount'), subject: 'holdfast', isReadied: true },
    { name: 'holdfast create', file: file('payouts-create') },
    { name: 'holdfast get', file: file('payouts-get') },
  ];
}

async function measure(stand: Stand, all: readonly Row[]): Promise<ColdStarts> {
  const created = await createdItem(stand);
  const start = async ({ file, subject, isReadied }: Row, requests: number) => {
    const events = subject === undefined ? [] : await changes(stand, created, subject, requests);
    const eventsFile = join(stand.outdir, 'events.json');
    await writeFile(eventsFile, JSON.stringify(events));
    const args = ['--input-type=module', '--eval', CHILD, file, eventsFile, String(COMPILING)];
    const { environment } = stand.definition(subject ?? basename(dirname(file)));
    const readied = isReadied && { AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand' };
    const env = { PATH: process.env.PATH, ...environment, ...readied };
    const { stderr } = await run(process.execPath, args, { env });
    return JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as Told;
  };
  const told = new Map(all.map((row) => [row, [] as Told[]]));
  for (let i = 0; i < RUNS; i++) for (const row of all) told.get(row)?.push(await start(row, 1));

  const warm = Object.fromEntries(SUBJECTS.map((subject) => [subject, [] as Told[]]));
  for (let i = 0; i < CPU_RUNS; i++) {
    for (const subject of SUBJECTS) {
      const row = all.findLast((each) => each.subject === subject);
      if (row !== undefined) warm[subject]?.push(await start(row, 1 + COMPILING + COUNTED));
    }
  }
  const bundles = await Promise.all(
    all.map(async (row) => {
      const of = (value: (each: Told) => number) => median((told.get(row) ?? []).map(value));
      return {
        ...row,
        trimmed: row.file.startsWith(stand.outdir + sep),
        bytes: (await stat(row.file)).size,
        importMs: of(({ importMs }) => importMs),
        rss: of(({ rss }) => rss),
        firstMs: row.subject === undefined ? Number.NaN : of(({ firstMs }) => firstMs),
        requestMs: row.subject === undefined ? Number.NaN : of(({ firstMs, importMs }) => firstMs - importMs),
      };
    }),
  );
  const figures = SUBJECTS.map((subject) => {
    const of = (value: (each: Told) => number) => median((warm[subject] ?? []).map(value));
    const [cpuMs, ms] = [of((each) => each.cpuMs), of(({ warmMs }) => warmMs)];
    return [subject, { cpuMs, ms, peak: of(({ peak }) => peak) }] as const;
  });
  return { bundles, warm: Object.fromEntries(figures) as ColdStarts['warm'] };
}

/** So many changes, each of a payout of its own. */
async function changes(stand: Stand, created: Item, subject: Subject, count: number) {
  const items = Array.from({ length: count }, () => copyOf(created, subject));
  for (const item of items) await stand.write(item);
  return items.map((item) => JSON.parse(changeEvent({ id: idOf(item), ifMatch: etagOf(item) })));
}

/** Prints it, each beside the bare client. */
export function printColdStarts({ bundles, warm }: ColdStarts): void {
  const [base] = bundles;
  if (base === undefined) return;
  console.log(`cold start, medians of ${RUNS} processes each, in turns (ratio to the bare client)`);
  table([
    ['bundle', 'bytes', 'ratio', 'import ms', 'ratio', 'first answer ms', '× warm', 'peak MB of import'],
    ...bundles.map(({ name, bytes, importMs, requestMs, subject, rss }) => [
      name,
      String(bytes),
      ratio(bytes, base.bytes),
      importMs.toFixed(1),
      ratio(importMs, base.importMs),
      ...(subject === undefined ? ['', ''] : [requestMs.toFixed(1), ratio(requestMs, warm[subject].ms)]),
      rss.toFixed(0),
    ]),
  ]);
  console.log(`a warm process: CPU time of one action over ${COUNTED}, and the most memory it took`);
  table([
    ['', 'ms', 'CPU ms', 'ratio', 'peak MB'],
    ...SUBJECTS.map((subject) => [
      subject,
      warm[subject].ms.toFixed(2),
      warm[subject].cpuMs.toFixed(2),
      ratio(warm[subject].cpuMs, warm.holdfast.cpuMs),
      warm[subject].peak.toFixed(0),
    ]),
  ]);
}

/** What was promised of a cold start, in the environment of the template. */
export function coldTargets({ bundles, warm }: ColdStarts): readonly Target[] {
  const ms = (name: string, value: (each: Cold) => number) => {
    const found = bundles.find((each) => each.name === name);
    return found === undefined ? Number.NaN : value(found);
  };
  const imports = [
    { peer: PLAIN, limit: 1.2 },
    { peer: TRIMMED, limit: 1.45 },
  ].map(({ peer, limit }) => {
    const own = ms(OURS, ({ importMs }) => importMs);
    const other = ms(peer, ({ importMs }) => importMs);
    return {
      promise: `import within ${limit} × of the ${peer}, deployed alike`,
      measured: `${(own / other).toFixed(2)} ×, ${own.toFixed(1)} ms`,
      peer: `${other.toFixed(1)} ms`,
      met: own / other <= limit,
    };
  });
  const first = ms(READIED, ({ requestMs }) => requestMs);
  const floors = ms(TRIMMED, ({ requestMs }) => requestMs);
  const slower = first / warm.holdfast.ms;
  return [
    ...imports,
    {
      promise: 'first request after INIT within 3 × of a warm one',
      measured: `${slower.toFixed(2)} ×, ${first.toFixed(1)} ms`,
      peer: `the floor, which connects in it, ${(floors / warm.floor.ms).toFixed(2)} ×`,
      met: slower <= 3,
    },
  ];
}
