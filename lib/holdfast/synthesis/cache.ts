import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from './is-alive.ts';

/** Entries that are kept, each about 1 MB: those that were used last. */
const KEPT = 32;

/** How long to wait for another process that makes the same entry; it takes two seconds on an idle core. */
const PATIENCE_MS = 60_000;

/** Texts by their keys in a folder, for several processes at once: a text is there whole, or not at all. */
export class Cache {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The text of a key, made if there is none. While one process makes it, others wait for it, to spare the work; should
   * they wait in vain, they make it themselves.
   * @param make `keep: false` hands the text on without keeping it
   */
  async get(key: string, make: () => Promise<{ text: string; keep: boolean }>): Promise<string> {
    const path = join(this.#folder, `${key}.json`);
    const lock = join(this.#folder, `${key}.lock`);
    await mkdir(this.#folder, { recursive: true });
    const kept = (await read(path)) ?? ((await isMadeElsewhere(lock)) ? await read(path) : undefined);
    if (kept !== undefined) return kept;
    try {
      const { text, keep } = await make();
      if (keep) await this.#write(path, text);
      return text;
    } finally {
      await rm(lock, { force: true });
    }
  }

  async #write(path: string, text: string): Promise<void> {
    const unfinished = `${path}.${randomUUID()}`;
    await writeFile(unfinished, text);
    await rename(unfinished, path);
    await this.#evict();
  }

  async #evict(): Promise<void> {
    // What a process that has died left unfinished goes like the rest: by its age.
    const names = (await readdir(this.#folder)).filter((name) => !name.endsWith('.lock'));
    const used = await Promise.all(
      names.map(async (name) => {
        const path = join(this.#folder, name);
        const { mtimeMs = 0 } = (await stat(path).catch(() => undefined)) ?? {};
        return { path, mtimeMs };
      }),
    );
    const oldest = used.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(KEPT);
    await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
  }
}

/** What another process may remove at any moment is read or is not there. */
async function read(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text !== undefined) await utimes(path, new Date(), new Date()).catch(() => undefined);
  return text;
}

/** Takes the lock, or waits until its holder has given it up or has ended. */
async function isMadeElsewhere(lock: string): Promise<boolean> {
  const patience = Date.now() + PATIENCE_MS;
  const take = () =>
    writeFile(lock, String(process.pid), { flag: 'wx' }).then(
      () => true,
      () => false,
    );
  if (await take()) return false;
  while (Date.now() < patience && (await isHeld(lock))) await delay(20);
  await take();
  return true;
}

async function isHeld(lock: string): Promise<boolean> {
  const holder = await readFile(lock, 'utf8').catch(() => undefined);
  if (holder === undefined) return false;
  // Empty in the moment between its making and its writing.
  if (holder === '' || isAlive(Number(holder))) return true;
  await rm(lock, { force: true });
  return false;
}
