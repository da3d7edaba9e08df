import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// A definition that is written anew has to be loaded anew, which a process of its own does; its memory goes with it.
const outdir = await mkdtemp(join(tmpdir(), 'holdfast-synth-'));
try {
  const { buildService } = await import('../cdk/app.ts');
  const { synthesizeTemplates } = await import('../cdk/templates/templates.ts');
  const { site, ...options } = JSON.parse(process.argv[2] ?? '');
  const { app, nests, site: buildSite } = await buildService({ ...options, bundles: 'none', outdir });
  const { loadRegistry, partnersOf } = await import('../service/registry.ts');
  const { playedPartners } = await import('../service/simulators.ts');
  const registry = await loadRegistry();
  const partners = await playedPartners();
  process.send?.({
    stacks: synthesizeTemplates(app),
    nests,
    site: site ? await buildSite() : {},
    partners,
    unplayed: partnersOf(registry)
      .map(({ name }) => name)
      .filter((name) => !partners.some((played) => played.name === name)),
  });
} catch (error) {
  process.send?.({ fault: error instanceof Error ? error.message : String(error) });
} finally {
  await rm(outdir, { recursive: true, force: true });
}
