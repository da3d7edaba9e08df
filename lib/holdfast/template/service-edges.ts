import type { StackTemplate } from '../cdk/templates/templates.ts';
import { readPaths } from './paths.ts';
import type { Verdict } from './policy-evaluation.ts';
import { type Reference, readReferences } from './references.ts';
import { Policies } from './resource-policies.ts';
import { NAMES, NO_CALL, type Resources, RULES } from './service-edge-rules.ts';
import { type ResolvedResource, resolveResources } from './template.ts';

/** What one service asks of another, and what the policies say. */
export interface Edge {
  /** `Alarmoverdue AlarmActions[] → AlarmsTopic` */
  readonly place: string;
  /** `cloudwatch.amazonaws.com: sns:Publish on arn:…` */
  readonly asks: string;
  readonly verdict: Verdict;
}

/** Resources with their properties resolved, each type when it is asked for. */
class Resolved implements Resources {
  readonly #stacks: readonly StackTemplate[];
  readonly #byType = new Map<string, readonly ResolvedResource[]>();
  readonly #byId = new Map<string, ResolvedResource>();
  #paths: ReadonlyMap<string, string> | undefined;

  constructor(stacks: readonly StackTemplate[]) {
    this.#stacks = stacks;
  }

  of(type: string): readonly ResolvedResource[] {
    const found = this.#byType.get(type) ?? resolveResources(this.#stacks, [type]);
    if (!this.#byType.has(type)) for (const each of found) this.#byId.set(each.logicalId, each);
    this.#byType.set(type, found);
    return found;
  }

  get(id: string, type = 'AWS::Lambda::Function'): ResolvedResource {
    this.of(type);
    const found = this.#byId.get(id);
    if (found === undefined) throw new Error(`there is no ${type} ${id}`);
    return found;
  }

  paths(): ReadonlyMap<string, string> {
    this.#paths ??= readPaths(this.of('AWS::ApiGateway::Resource'));
    return this.#paths;
  }
}

const typeOf = ({ resource }: Reference['from']) => resource.Type.replace(/^AWS::/, '');

/**
 * Every call that one service makes of another by what the templates say, and what the policies of both say to it.
 * @throws Error for a reference of a kind that is not known here, and for a policy that cannot be read
 */
export function readEdges(stacks: readonly StackTemplate[]): readonly Edge[] {
  const policies = new Policies(stacks);
  const resources = new Resolved(stacks);
  const edges: Edge[] = [];
  for (const { from, path, to } of readReferences(stacks)) {
    const kind = `${typeOf(from)} ${path} ${typeOf(to)}`;
    const rule = RULES[kind] ?? (NAMES.some((names) => names.test(kind)) ? NO_CALL : undefined);
    const place = `${from.logicalId} ${path} → ${to.logicalId}`;
    if (rule === undefined)
      throw new Error(
        `${from.stack.name}: ${place}: a reference of kind '${kind}' is not known; say in lib/holdfast/template/service-edge-rules.ts what it has AWS do`,
      );
    if (rule === NO_CALL) continue;
    const ends = {
      from: resources.get(from.logicalId, from.resource.Type),
      to: resources.get(to.logicalId, to.resource.Type),
      resources,
      policies,
    };
    edges.push(...rule(ends).map(([asks, verdict]) => ({ place, asks, verdict })));
  }
  return edges;
}

/**
 * Passes templates whose every edge is allowed.
 * @throws Error that names each call that AWS would refuse
 */
export function checkEdges(stacks: readonly StackTemplate[]): void {
  const refused = readEdges(stacks).filter(({ verdict }) => verdict !== 'allowed');
  if (refused.length === 0) return;
  const lines = refused.map(({ place, asks, verdict }) => `  ${place}: ${asks} is ${verdict}`);
  throw new Error(
    `AWS would refuse what the templates ask of it; grant it where lib/ makes it\n${lines.join('\n')}`,
  );
}
