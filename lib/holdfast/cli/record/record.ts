import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { FROZEN_FILE } from '../../cdk/templates/frozen.ts';
import { CONTRACT_FOLDER, type Texts } from '../../contract/committed.ts';
import { versionPromises } from '../../core/versions/version-promises.ts';
import { ROOT, service } from '../../service/project.ts';
import { loadRegistry, type Registry } from '../../service/registry.ts';
import { judged } from '../versions/gate-evidence.ts';
import { stageUsage } from '../versions/stage-usage.ts';
import { changedActions } from './changed-actions.ts';
import { CLIENT_FILE, clientText } from './client.ts';
import { contractTexts, currentContract, isUnpromised, type Judge, passesGate } from './contract.ts';
import { frozenText, reshapedIn } from './freeze.ts';

const RECORDED = 'lib/recorded';

interface RecordOptions {
  readonly check: boolean;
  /** Names of breaking changes that are meant. */
  readonly 'accept-breaking': readonly string[];
  /** Whose clients are asked for, where a version ends sooner. @default none */
  readonly stage?: string | undefined;
}

/**
 * `npm run record`: writes all that follows from the definitions and is committed with them, or nothing at all. What the last
 * commit does not have may change freely; with `check` nothing is written.
 * @param today RFC 3339 date: a version that has ended may be gone
 * @returns exit status: 1 where clients would be broken, or where `check` finds something that is not recorded
 * @throws Error with each reason, when a deployment would lose what the last commit has
 */
export async function recordCommand(
  { check, 'accept-breaking': named, stage }: RecordOptions,
  today: string,
  print: (line: string) => void,
  environment: NodeJS.ProcessEnv = {},
): Promise<number> {
  const registry = await loadRegistry();
  const contract = currentContract(registry);
  const judge = stage === undefined ? undefined : judgeOf(stage, registry, today, environment);
  if (!(await passesGate(contract, named, today, print, { judge, reshaped: await reshapedIn(registry) })))
    return 1;
  const texts: Texts = new Map([
    ...contractTexts(contract),
    [CLIENT_FILE, await clientText(registry)],
    [FROZEN_FILE, await frozenText()],
  ]);
  const gone = (await recordedFiles()).filter((path) => !texts.has(path));
  const changed = await changedOf(texts);
  if (check) {
    const told = await reviewLine(registry, today);
    if (told !== undefined) print(told);
    for (const path of [...changed.keys(), ...gone])
      print(`${path} is out of date; npm run record writes it`);
    return changed.size + gone.length === 0 ? 0 : 1;
  }
  if (await isUnpromised())
    print(`compared with nothing: no commit has ${CONTRACT_FOLDER}, so clients were promised nothing yet`);
  for (const [path, text] of changed) {
    await mkdir(dirname(join(ROOT, path)), { recursive: true });
    await writeFile(join(ROOT, path), text);
    print(`wrote ${path}`);
  }
  for (const path of gone) {
    await rm(join(ROOT, path));
    await removeEmpty(dirname(path));
    print(`removed ${path}`);
  }
  if (changed.size + gone.length === 0) print('everything is up to date');
  return 0;
}

/** Judges by who has been seen on a stage. */
const judgeOf =
  (stage: string, registry: Registry, today: string, environment: NodeJS.ProcessEnv): Judge =>
  (changes, between) =>
    judged(changes, between, {
      stage,
      today,
      notice: versionPromises(service.apiVersion, registry.versions),
      usageOf: (versions) => stageUsage(stage, versions, today, environment),
    });

/** Folders of records that nothing is left in. */
async function removeEmpty(folder: string): Promise<void> {
  if (folder === RECORDED || (await readdir(join(ROOT, folder))).length > 0) return;
  await rmdir(join(ROOT, folder));
  await removeEmpty(dirname(folder));
}

/** What this command writes, or has written in a release before; another file in the folder is somebody's own. */
const OURS =
  /^(frozen\.json|client\.ts|client\/(client|contract|routes)\.ts|contract\/(\d{4}-\d\d-\d\d|defaults)\.json)$/;

/** Everything in the folder that this command has written, under another name before as well. */
async function recordedFiles(): Promise<readonly string[]> {
  const at = join(ROOT, RECORDED);
  const entries = existsSync(at) ? await readdir(at, { recursive: true, withFileTypes: true }) : [];
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(at, join(parentPath, name)).replaceAll('\\', '/'))
    .filter((name) => OURS.test(name))
    .map((name) => `${RECORDED}/${name}`)
    .sort();
}

/** Names the page for whoever reviews what has changed; undefined where nothing has, or where nobody commits anything. */
async function reviewLine(registry: Registry, today: string): Promise<string | undefined> {
  const changed = await changedActions(registry, 'HEAD', today).catch(() => undefined);
  if (changed === undefined || changed.actions.length === 0) return undefined;
  const names = changed.actions.map(({ action: { resource, name } }) => `${resource.name}.${name}`);
  return `npm run contract tells reviewers what clients get of ${names.join(', ')}`;
}

async function changedOf(texts: Texts): Promise<Texts> {
  const changed = await Promise.all(
    [...texts].map(async ([path, text]) => {
      const at = join(ROOT, path);
      const same = existsSync(at) && (await readFile(at, 'utf8')) === text;
      return same ? [] : [[path, text] as const];
    }),
  );
  return new Map(changed.flat());
}
