import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import { type SynthesisOptions, synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';

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

/** A stage, synthesized without bundles, once for all tests of the same source. */
export async function synthesizeStage(
  stage: string,
  options: Omit<SynthesisOptions, 'stage'> = {},
): Promise<SynthesizedStage> {
  const { stacks: templates } = await synthesize({ stage, ...options });
  const of = (part: string): Resources =>
    Object.assign(
      {},
      ...templates
        .filter(({ name }) => name.startsWith(`holdfast-${stage}-${part}`))
        .map(({ template }) => template.Resources),
    );
  return { templates, service: of('service'), state: of('state') };
}

/** Resources of one type, with their logical ids. */
export const ofType = (resources: Resources, type: string): [string, Resource][] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);
