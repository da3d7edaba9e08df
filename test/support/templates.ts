import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../../lib/app.ts';
import { type StackTemplate, synthesizeTemplates } from '../../lib/templates.ts';

/** A resource, as tests read it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: { readonly holdfast?: { readonly name: string } };
}

/** Resources by their logical ids, which no two stacks of a service share. */
export type Resources = Readonly<Record<string, Resource>>;

/** What a stage is made of. */
export interface SynthesizedStage {
  readonly templates: readonly StackTemplate[];
  /** Of the service stack and those nested in it. */
  readonly service: Resources;
  readonly state: Resources;
}

/** Synthesizes a stage without bundles. */
export async function synthesizeStage(stage: string): Promise<SynthesizedStage> {
  const outdir = await mkdtemp(join(tmpdir(), 'holdfast-templates-'));
  try {
    const templates = synthesizeTemplates(await buildApp({ stage, bundles: 'none', outdir }));
    const of = (part: string): Resources =>
      Object.assign(
        {},
        ...templates
          .filter(({ name }) => name.startsWith(`holdfast-${stage}-${part}`))
          .map(({ template }) => template.Resources),
      );
    return { templates, service: of('service'), state: of('state') };
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

/** Resources of one type, with their logical ids. */
export const ofType = (resources: Resources, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);
