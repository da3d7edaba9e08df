import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { build, stop } from 'esbuild';
import { bundleOptions } from '../../cdk/bundles/bundle.ts';
import { nameIn } from '../../cdk/bundles/bundle-name.ts';
import { allEntries, siteEntry } from '../../cdk/bundles/function-entry.ts';
import type { Site } from '../../core/site-file.ts';
import { stageConfig, stageNames } from '../../service/config.ts';
import { ROOT } from '../../service/project.ts';
import { loadRegistry, type Registry } from '../../service/registry.ts';
import { buildSite } from '../../site/site.ts';

/** A bundle as this checkout makes it. */
export interface MappedBundle {
  /** The function. */
  readonly entry: string;
  /** As it calls itself: `payouts-approve.0123456789ab.mjs`. */
  readonly name: string;
  readonly map: SourceMap;
}

// Jest has a `node:module` of its own, without it.
const { SourceMap: Mapped } = process.getBuiltinModule('node:module');

/** Makes bundles as a deployment does, with the maps that a deployment does without. */
async function made(
  registry: Registry,
  site: Site,
  only: readonly string[],
): Promise<readonly MappedBundle[]> {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-stack-'));
  try {
    const entries = allEntries(registry, { status: true });
    const options = bundleOptions(entries, { outdir, mode: 'deploy', site, only });
    await build({ ...options, sourcemap: 'external' });
    const known = only.filter((name) => entries.some((entry) => entry.name === name));
    return await Promise.all(known.map((name) => mappedIn(name, join(outdir, name, 'index.mjs'))));
  } finally {
    await stop();
    await rm(outdir, { recursive: true, force: true });
  }
}

async function mappedIn(entry: string, path: string): Promise<MappedBundle> {
  const [code, map] = await Promise.all([readFile(path, 'utf8'), readFile(`${path}.map`, 'utf8')]);
  const payload = JSON.parse(map);
  const sources = payload.sources.map((source: string) => relative(ROOT, resolve(dirname(path), source)));
  return { entry, name: nameIn(code), map: new Mapped({ ...payload, sources }) };
}

/** The bundles of functions as this checkout makes them: of the documentation, which differs between stages, that of each. */
export async function bundlesOf(names: readonly string[]): Promise<readonly MappedBundle[]> {
  const registry = await loadRegistry();
  const [docs, others] = [names.filter(isSite), names.filter((name) => !isSite(name))];
  const bundles = [...(await made(registry, {}, others))];
  for (const stage of docs.length === 0 ? [] : stageNames)
    bundles.push(...(await made(registry, await buildSite(registry, stageConfig(stage)), docs)));
  return bundles;
}

const isSite = (name: string) => name === siteEntry.name;
