import type { StackTemplate, TemplateResource } from '../../cdk/templates/templates.ts';
import { nodeOf } from '../../openapi/schemas/node.ts';
import type { StageConfig } from '../../service/config.ts';

/**
 * Actions that decide on more than the deployed release does: while a canary runs, both decide, and the older one neither looks
 * at it nor changes it. For each such action one sentence, for whoever deploys.
 * @param stacks of the stage, as they are deployed and as they are to be
 */
export function decidedAnew(
  { stage, canary }: Pick<StageConfig, 'stage' | 'canary'>,
  stacks: Readonly<Record<'before' | 'after', readonly StackTemplate[]>>,
): readonly string[] {
  if (!canary) return [];
  const [before, after] = [decidesOn(stacks.before), decidesOn(stacks.after)];
  return [...after].flatMap(([name, resources]) => {
    const more = resources.filter((resource) => !(before.get(name) ?? resources).includes(resource));
    return more.length === 0
      ? []
      : `${name} decides on ${more.join(' and ')} from this release on, and while it is rolled out the release before still decides without: what it is to hold, holds once the roll-out has ended. Where that must not be, set canary: false for stage ${stage} in lib/service.ts with this release`;
  });
}

/** The resources that each action decides on besides its own, by the name of its function. */
const decidesOn = (stacks: readonly StackTemplate[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    stacks
      .flatMap(({ template }) => Object.values(template.Resources))
      .map(entryOf)
      .filter(({ definition }) => definition !== undefined)
      .map(({ name, decidesOn: resources }) => [
        String(name),
        Array.isArray(resources) ? resources.map(String) : [],
      ]),
  );

const entryOf = ({ Metadata }: TemplateResource) => nodeOf(Metadata?.holdfast);
