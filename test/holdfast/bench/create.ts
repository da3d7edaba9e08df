import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createProject, emptyFolder, inFolder, installed, ownFiles, TERMINAL } from '../package/project.ts';
import { hasCommit, releases } from '../package/release-before.ts';
import { REPOSITORY } from '../package/root.ts';
import { packInto } from '../package/tarballs.ts';
import { freshKey } from '../support/client.ts';
import { run } from '../support/process.ts';
import { median, type Target, table } from './figures.ts';

const execute = promisify(execFile);

/** The last release that a team began from by cloning it. */
const CLONED = '0.3.0';

/** Imports of one bundle. */
const IMPORTS = 11;

/** The function whose bundle is looked at. */
const SUBJECT = 'payouts-change-amount';

/** What a team begins with, and what it waits for. */
export interface Beginning {
  readonly name: string;
  readonly packages: number;
  readonly megabytes: number;
  readonly files: number;
  readonly lines: number;
  /** From an empty folder to a project whose packages are installed, from npm's cache. */
  readonly installSeconds: number;
  readonly readySeconds: number;
  /** From `npm start` on. */
  readonly answerSeconds: number;
  readonly reloadSeconds: number;
  readonly synthCpuSeconds: number;
  readonly bundleBytes: number;
  readonly importMs: number;
}

/** A project from the package beside a clone of the last release that was one, if its commit is here. */
export async function measureBeginnings(): Promise<readonly Beginning[]> {
  const folder = await emptyFolder();
  try {
    const packages = await packInto(folder.path);
    // What npm has to download is in its cache from here on.
    await createProject(folder.path, packages, 'warm-up');
    const begun = performance.now();
    const root = await createProject(folder.path, packages, 'orders');
    const project = await measure('project of now', root, (performance.now() - begun) / 1_000);
    const { commit } = releases.find(({ version }) => version === CLONED) ?? { commit: '' };
    return (await hasCommit(commit)) ? [await measureClone(folder.path, commit), project] : [project];
  } finally {
    await folder.remove();
  }
}

async function measureClone(folder: string, commit: string): Promise<Beginning> {
  const clone = async (name: string) => {
    const root = join(folder, name);
    await mkdir(root);
    await execute('sh', ['-c', `git archive ${commit} | tar -x -C '${root}'`], { cwd: REPOSITORY });
    await inFolder(root, 'npm', 'ci', '--prefer-offline');
    return root;
  };
  await clone('warm-up-of-clone');
  const begun = performance.now();
  const root = await clone('clone');
  return measure(`clone of ${CLONED}`, root, (performance.now() - begun) / 1_000);
}

async function measure(name: string, root: string, installSeconds: number): Promise<Beginning> {
  const { packages, bytes } = await installed(root);
  const own = await ownFiles(root);
  const texts = await Promise.all(own.map((file) => readFile(join(root, file), 'utf8')));
  const served = await serve(root);
  const synthCpuSeconds = await cpuOf(root, 'npm', 'run', '--silent', 'synth');
  return {
    name,
    packages,
    megabytes: bytes / 1e6,
    files: own.length,
    lines: texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0),
    installSeconds,
    ...served,
    synthCpuSeconds,
    ...(await bundle(root)),
  };
}

/** `npm start`, a payout, and a change of an action's file. */
async function serve(root: string) {
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1_000;
  const child = run('npm', ['start'], { cwd: root, env: { ...TERMINAL, PORT: '0' }, detached: true });
  try {
    const [, url] = await child.line(/^ready (\S+)$/);
    const readySeconds = since();
    const [, token] = await child.line(/^TOKEN=(\S+)$/);
    const beneficiary = { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' };
    const answer = await fetch(`${url}/payouts`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': freshKey(),
      },
      body: JSON.stringify({ amount: { currency: 'EUR', value: '12.50' }, beneficiary, reference: 'first' }),
    });
    const answerSeconds = since();
    if (answer.status !== 201) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
    const saved = performance.now();
    await appendFile(join(root, 'functions/actions/payouts/approve.ts'), '\n// Saved once more.\n');
    await child.line(/^reloaded /);
    return { readySeconds, answerSeconds, reloadSeconds: (performance.now() - saved) / 1_000 };
  } finally {
    await child.end('SIGINT');
  }
}

/** Seconds of CPU of a command and of what it has started. */
async function cpuOf(cwd: string, ...command: string[]): Promise<number> {
  const told = await inFolder(cwd, 'sh', '-c', '"$@" >/dev/null; times', 'sh', ...command);
  const ofChildren = told.trim().split('\n').at(-1) ?? '';
  return [...ofChildren.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + 60 * Number(minutes) + Number(seconds),
    0,
  );
}

/** Of what was synthesized: the bundle of one action, and how long a process takes to import it. */
async function bundle(root: string): Promise<{ readonly bundleBytes: number; readonly importMs: number }> {
  const out = join(root, 'cdk.out');
  const templates = (await readdir(out)).filter((file) => file.endsWith('.template.json'));
  for (const file of templates) {
    const { Resources } = JSON.parse(await readFile(join(out, file), 'utf8')) as {
      Resources: Record<
        string,
        { Metadata?: Record<string, unknown>; Properties?: { Environment?: object } }
      >;
    };
    for (const { Metadata = {}, Properties = {} } of Object.values(Resources)) {
      const asset = Metadata['aws:asset:path'];
      if (JSON.stringify(Metadata.holdfast ?? {}).includes(`"name":"${SUBJECT}"`) === false) continue;
      const index = join(out, String(asset), 'index.mjs');
      const { Variables = {} } = { ...Properties.Environment } as { Variables?: Record<string, unknown> };
      // What only a deployment knows is no matter to an import.
      const env = Object.fromEntries(
        Object.entries(Variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'none']),
      );
      return { bundleBytes: (await stat(index)).size, importMs: await importOf(index, env) };
    }
  }
  throw new Error(`there is no function ${SUBJECT} in ${out}`);
}

async function importOf(file: string, variables: Readonly<Record<string, string>>): Promise<number> {
  const program =
    'const begun = performance.now(); await import(process.argv[1]); console.log(performance.now() - begun);';
  const times: number[] = [];
  for (let i = 0; i < IMPORTS; i++) {
    const args = ['--input-type=module', '--eval', program, file];
    const { stdout } = await execute(process.execPath, args, {
      env: { PATH: TERMINAL.PATH, AWS_REGION: 'eu-central-1', ...variables },
    });
    times.push(Number(stdout.trim().split('\n').at(-1)));
  }
  return median(times);
}

/** Each figure of a beginning, as it is printed. */
const ROWS: readonly (readonly [string, (each: Beginning) => string])[] = [
  ['packages', ({ packages }) => String(packages)],
  ['MB of packages', ({ megabytes }) => megabytes.toFixed(0)],
  ['files to begin with', ({ files }) => String(files)],
  ['lines in them', ({ lines }) => lines.toLocaleString('en-US')],
  ['s to install, from the cache', ({ installSeconds }) => installSeconds.toFixed(1)],
  ['s from npm start to ready', ({ readySeconds }) => readySeconds.toFixed(1)],
  ['s from npm start to a 201', ({ answerSeconds }) => answerSeconds.toFixed(1)],
  ['s to reload', ({ reloadSeconds }) => reloadSeconds.toFixed(1)],
  ['CPU-s of npm run synth', ({ synthCpuSeconds }) => synthCpuSeconds.toFixed(1)],
  [`bytes of ${SUBJECT}`, ({ bundleBytes }) => bundleBytes.toLocaleString('en-US')],
  [`ms to import it, median of ${IMPORTS}`, ({ importMs }) => importMs.toFixed(0)],
];

/** Prints it, side by side. */
export function printBeginnings(measured: readonly Beginning[]): void {
  console.log('what a team begins with, and what it waits for');
  table([
    ['', ...measured.map(({ name }) => name)],
    ...ROWS.map(([name, of]) => [name, ...measured.map(of)]),
  ]);
}

/** What was promised of a project. */
export function createTargets(measured: readonly Beginning[]): readonly Target[] {
  const { installSeconds = Number.NaN, answerSeconds = Number.NaN } = measured.at(-1) ?? {};
  const seconds = installSeconds + answerSeconds;
  return [
    {
      promise: 'from an empty folder to a 201 in at most 60 s, besides the download',
      measured: `${seconds.toFixed(1)} s`,
      met: seconds <= 60,
    },
  ];
}
