import { execFile } from 'node:child_process';
import { rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import type { Item } from './capacity.ts';
import { median, ratio, type Target, table } from './figures.ts';
import { changeEvent, copyOf, createdItem, etagOf, idOf } from './payouts.ts';
import { type Stand, SUBJECTS, type Subject, subjectOptions } from './stand.ts';

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
for (const [i, event] of others.entries()) {
  if (i === Number(compiling)) cpu = process.cpuUsage();
  const { statusCode } = await handler(event, context);
  if (statusCode !== 200) throw new Error('refused: ' + statusCode);
}
const { user, system } = process.cpuUsage(cpu);
const cpuMs = (user + system) / 1000 / Math.max(1, others.length - compiling);
const peak = highest();
console.error(JSON.stringify({ importMs, firstMs, rss, peak, cpuMs }));
process.exit(0);
`;

interface Told {
  readonly importMs: number;
  /** Import and first answer together. */
  readonly firstMs: number;
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
  /** NaN where it is none of the subjects. */
  readonly firstMs: number;
  readonly subject?: Subject;
  /** Bundled by the options of our actions, to the last. */
  readonly trimmed: boolean;
}

/** What was measured of processes that begin, and of what a warm one spends. */
export interface ColdStarts {
  readonly bundles: readonly Cold[];
  readonly warm: Readonly<Record<Subject, { readonly cpuMs: number; readonly peak: number }>>;
}

/** What the bundle of each row is, and whether it answers the events of a change. */
interface Row {
  readonly name: string;
  readonly file: string;
  readonly subject?: Subject;
}

const PLAIN = 'bare client, as the SDK comes';
const TRIMMED = 'floor, credentials trimmed as ours';

/** Bytes, import, first answer and memory of bundles, started in turns; then the CPU time of warm actions. */
export async function measureColdStarts(stand: Stand): Promise<ColdStarts> {
  const plain = `${stand.outdir}-plain`;
  await build(subjectOptions(plain, { defaultCredentials: true }));
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
    { name: 'usual, credentials trimmed as ours', file: file('usual'), subject: 'usual' },
    { name: 'the packages of an action of ours', file: file('packages') },
    { name: 'holdfast change-amount', file: file('payouts-change-amount'), subject: 'holdfast' },
    { name: 'holdfast create', file: file('payouts-create') },
    { name: 'holdfast get', file: file('payouts-get') },
  ];
}

async function measure(stand: Stand, all: readonly Row[]): Promise<ColdStarts> {
  const created = await createdItem(stand);
  const start = async ({ file, subject }: Row, requests: number) => {
    const events = subject === undefined ? [] : await changes(stand, created, subject, requests);
    const eventsFile = join(stand.outdir, 'events.json');
    await writeFile(eventsFile, JSON.stringify(events));
    const args = ['--input-type=module', '--eval', CHILD, file, eventsFile, String(COMPILING)];
    const { environment } = stand.definition(subject ?? basename(dirname(file)));
    const env = { PATH: process.env.PATH, ...environment };
    const { stderr } = await run(process.execPath, args, { env: { ...env, NODE_OPTIONS: '' } });
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
      };
    }),
  );
  const figures = SUBJECTS.map((subject) => {
    const of = (value: (each: Told) => number) => median((warm[subject] ?? []).map(value));
    return [subject, { cpuMs: of(({ cpuMs }) => cpuMs), peak: of(({ peak }) => peak) }] as const;
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
    ['bundle', 'bytes', 'ratio', 'import ms', 'ratio', 'import + first answer ms', 'peak MB of import'],
    ...bundles.map(({ name, bytes, importMs, firstMs, rss }) => [
      name,
      String(bytes),
      ratio(bytes, base.bytes),
      importMs.toFixed(1),
      ratio(importMs, base.importMs),
      Number.isNaN(firstMs) ? '' : firstMs.toFixed(1),
      rss.toFixed(0),
    ]),
  ]);
  console.log(`a warm process: CPU time of one action over ${COUNTED}, and the most memory it took`);
  table([
    ['', 'CPU ms', 'ratio', 'peak MB'],
    ...SUBJECTS.map((subject) => [
      subject,
      warm[subject].cpuMs.toFixed(2),
      ratio(warm[subject].cpuMs, warm.holdfast.cpuMs),
      warm[subject].peak.toFixed(0),
    ]),
  ]);
}

/** What was promised of a cold start. */
export function coldTargets({ bundles }: ColdStarts): readonly Target[] {
  const importOf = (name: string) => bundles.find((each) => each.name === name)?.importMs ?? Number.NaN;
  return [
    { promise: "import within 1.2 × of the bare client's, as the SDK comes", than: PLAIN },
    { promise: "import within 1.2 × of the floor's, its credentials trimmed as ours", than: TRIMMED },
  ].map(({ promise, than }) => {
    const slower = importOf('holdfast change-amount') / importOf(than);
    return { promise, measured: `${slower.toFixed(2)} ×`, met: slower <= 1.2 };
  });
}
