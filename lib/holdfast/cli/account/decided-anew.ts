import type { Decisions, StackTemplate } from '../../cdk/templates/templates.ts';
import type { StageConfig } from '../../service/config.ts';

/**
 * Actions that decide on more than the deployed release does: while a canary runs, both decide, and the older one neither looks
 * at it nor changes it. For each such action one sentence, for whoever deploys; none where the deployed release does not say.
 * @param stacks of the stage, as they are deployed and as they are to be; functions are in others, which these nest
 */
export function decidedAnew(
  { stage, canary }: Pick<StageConfig, 'stage' | 'canary'>,
  stacks: Readonly<Record<'before' | 'after', readonly StackTemplate[]>>,
): readonly string[] {
  const before = decisionsOf(stacks.before);
  if (!canary || before === undefined) return [];
  return Object.entries(decisionsOf(stacks.after) ?? {}).flatMap(([action, resources]) => {
    const known = before[action];
    if (known === undefined) return [];
    const more = Object.entries(resources).filter(
      ([name, how]) => known[name] !== how && known[name] !== 'changes',
    );
    const [reads, changes] = (['reads', 'changes'] as const).map((how) => {
      const names = more.filter(([, each]) => each === how).map(([name]) => name);
      return names.length === 0 ? undefined : `${how} ${names.toSorted().join(' and ')}`;
    });
    return more.length === 0
      ? []
      : `${action} ${[reads, changes].filter(Boolean).join(', and ')} from this release on, and while it is rolled out the release before still decides without: what it is to hold, holds once the roll-out has ended. Where that must not be, set canary: false for stage ${stage} in lib/service.ts with this release`;
  });
}

const decisionsOf = (stacks: readonly StackTemplate[]): Decisions | undefined =>
  stacks.map(({ template }) => template.Metadata?.holdfast?.decisions).find(Boolean);
