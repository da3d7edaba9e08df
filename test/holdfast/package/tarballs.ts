import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { Cache } from '../../../lib/holdfast/synthesis/cache.ts';
import { readSource } from '../../../lib/holdfast/synthesis/source.ts';
import { inFolder } from './project.ts';
import { REPOSITORY } from './root.ts';

const run = promisify(execFile);

/** What a package was packed into, as npm says it. */
export interface Packed {
  readonly path: string;
  readonly bytes: number;
  readonly integrity: string;
  /** From the root of the package. */
  readonly files: readonly string[];
}

/** Both packages of one state of this repository. */
export type Packages = Readonly<Record<'kit' | 'create', Packed>>;

/** Packed once, whichever process asks: Git ignores it. */
const CACHE = new Cache(join(REPOSITORY, '.holdfast/packages'));

/** What the packages are built of, besides what templates follow from. */
const PARTS = ['bin', 'test', 'tsconfig.json', 'README.md', 'LICENSE', '.npmrc'];

/** Builds both packages of the source as it is now, and packs them into a folder. */
export async function packInto(folder: string): Promise<Packages> {
  const key = createHash('sha256').update((await readSource(REPOSITORY)).content);
  for (const path of (await Promise.all(PARTS.map(filesOf))).flat().sort())
    key.update(`\0${path}\0`).update(await readFile(path));
  return unpackedFrom(key.digest('hex'), folder, (scratch) => pack(REPOSITORY, scratch));
}

/** Builds both packages of an earlier commit, with the tools of now, and packs them into a folder. */
export function packCommitInto(folder: string, commit: string): Promise<Packages> {
  return unpackedFrom(commit, folder, async (scratch) => {
    const root = join(scratch, 'source');
    await mkdir(root);
    const archive = join(scratch, 'source.tar');
    await run('git', ['archive', `--output=${archive}`, commit], { cwd: REPOSITORY });
    await run('tar', ['-xf', archive, '-C', root]);
    await symlink(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
    return pack(root, scratch);
  });
}

async function filesOf(part: string): Promise<readonly string[]> {
  const path = join(REPOSITORY, part);
  const files = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => undefined);
  return (
    files?.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name)) ?? [path]
  );
}

async function pack(root: string, to: string): Promise<Packages> {
  await inFolder(root, 'npm', 'run', '--silent', 'build');
  const packed = async (source: string): Promise<Packed> => {
    const [told] = JSON.parse(await inFolder(to, 'npm', 'pack', '--json', join(root, source)));
    const files = (told.files as { path: string }[]).map(({ path }) => path);
    return { path: join(to, told.filename), bytes: told.size, integrity: told.integrity, files };
  };
  return { kit: await packed('dist'), create: await packed('dist-create') };
}

/** Those of a key, packed if they never were, in a folder. */
async function unpackedFrom(
  key: string,
  folder: string,
  make: (scratch: string) => Promise<Packages>,
): Promise<Packages> {
  const text = await CACHE.get(key, async () => {
    const scratch = await mkdtemp(join(tmpdir(), 'holdfast-pack-'));
    try {
      return { text: JSON.stringify(await withContent(await make(scratch))), keep: true };
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  });
  const kept: Record<keyof Packages, Packed & { readonly content: string }> = JSON.parse(text);
  const here = async ({ content, path, ...rest }: (typeof kept)['kit']): Promise<Packed> => {
    const file = join(folder, basename(path));
    await writeFile(file, Buffer.from(content, 'base64'));
    return { ...rest, path: file };
  };
  return { kit: await here(kept.kit), create: await here(kept.create) };
}

async function withContent(packages: Packages): Promise<object> {
  const whole = async (each: Packed) => ({ ...each, content: await readFile(each.path, 'base64') });
  return { kit: await whole(packages.kit), create: await whole(packages.create) };
}
