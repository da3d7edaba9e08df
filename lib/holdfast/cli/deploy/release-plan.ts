import type { Kept } from '../../cdk/templates/kept.ts';
import type {
  CloudFormationTemplate,
  StackTemplate,
  TemplateResource,
} from '../../cdk/templates/templates.ts';
import { namePrefixOf } from '../../service/define-service.ts';
import { service } from '../../service/project.ts';
import type { DeployedStack } from '../account/deployed.ts';
import { standing, stuck } from '../account/stack-status.ts';
import { changesValue, referredTo } from './referred-values.ts';
import { removedRoutes } from './routes-anew.ts';

/** What a release starts from, and what it is to come to. */
export interface ReleaseFacts {
  readonly stage: string;
  /** Those of the stage's two stacks that the account knows. */
  readonly deployed: readonly DeployedStack[];
  /** Stacks that import each export, by its name. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** Names of secrets that the account has, of those that the release would make. */
  readonly taken: ReadonlySet<string>;
  /** The templates of the release. */
  readonly next: readonly StackTemplate[];
}

/** One deployment of some stacks, in their order. */
export interface Deployment {
  readonly stacks: readonly string[];
  /** What the state stack has besides that of the release. */
  readonly keep?: Kept;
  /** Methods that the API still has after it, although the release removes them. @default none */
  readonly removedRoutes?: readonly string[];
  /** Whether the API copies its routes once more, which stand as the release has them by then. @default false */
  readonly routesAnew?: boolean;
  /** For a person who watches. */
  readonly why?: string;
}

/** The deployments that a release takes, in order, or why it may not come: one sentence for each reason, with the remedy. */
export interface ReleasePlan {
  readonly deployments: readonly Deployment[];
  readonly refusals: readonly string[];
  /** What stays in the account, and is nobody's any more. */
  readonly notes: readonly string[];
}

/** The names of a stage's stacks. */
export const stackNames = (stage: string) => ({
  state: `${namePrefixOf(stage, service)}-state`,
  service: `${namePrefixOf(stage, service)}-service`,
});

/**
 * The order in which a release comes: what the next service needs is made before it, and what the deployed one goes by is
 * taken away after it. Where a release does both, the state stack is deployed twice, and has both in between.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html: an export in use can be
 * neither removed nor changed
 */
export function planRelease(facts: ReleaseFacts): ReleasePlan {
  const plan = planStacks(facts);
  return plan.refusals.length > 0 ? plan : { ...plan, deployments: thenRoutesAnew(plan.deployments, facts) };
}

/**
 * CloudFormation deletes what a release gives up when all else stands, and so after the API has copied its routes: those
 * that are gone would answer 500 until some later release. They go with one deployment more. Until it has come about, the
 * service stack's template names them: were it to fail, nothing else would tell of them.
 * @see https://github.com/aws/aws-cdk/issues/14660 and https://github.com/serverless/serverless/issues/7542
 */
function thenRoutesAnew(deployments: readonly Deployment[], facts: ReleaseFacts): readonly Deployment[] {
  const { service } = stackNames(facts.stage);
  const removed = removedRoutes(service, facts);
  if (removed.length === 0) return deployments;
  return [
    ...deployments.map((each) =>
      each.stacks.includes(service) ? { ...each, removedRoutes: removed } : each,
    ),
    { stacks: [service], routesAnew: true, why: `then the API forgets ${removed.join(', ')}` },
  ];
}

function planStacks(facts: ReleaseFacts): ReleasePlan {
  const { stage, deployed, next } = facts;
  const { state, service } = stackNames(stage);
  const refused = deployed.flatMap(stuck);
  if (refused.length > 0) return { deployments: [], refusals: refused, notes: [] };
  const before = deployed.filter(standing).find(({ name }) => name === state);
  const after = templateOf(next, state);
  const refusals = [
    ...namesTaken(facts, before?.template, after),
    ...(before === undefined ? [] : exportRefusals(facts, before.template, after)),
  ];
  if (refusals.length > 0) return { deployments: [], refusals, notes: [] };
  const once = { deployments: [{ stacks: [state, service] }], refusals, notes: [] };
  if (before === undefined) return once;
  const notes = orphans(before, after);
  const isServing = deployed.filter(standing).some(({ name }) => name === service);
  const gone = goingAway(before.template, after, facts.importers);
  const comes = Object.keys(comingNew(before.template, after)).length > 0;
  if (!isServing || isEmpty(gone)) return { ...once, notes };
  const names = Object.keys(
    isEmpty({ Resources: gone.Resources }) ? (gone.Outputs ?? {}) : gone.Resources,
  ).join(', ');
  if (!comes) {
    return {
      refusals,
      notes,
      deployments: [
        { stacks: [service], why: `the deployed service goes by ${names}: it changes first` },
        { stacks: [state], why: `then the state stack gives up ${names}` },
      ],
    };
  }
  const keep = closure(before.template, after, gone);
  const collisions = namedTwice(keep, after);
  if (collisions.length > 0) return { deployments: [], refusals: collisions, notes: [] };
  return {
    refusals,
    notes,
    deployments: [
      { stacks: [state], keep, why: `the state stack gets what is new, and keeps ${names} meanwhile` },
      { stacks: [service], why: 'the service goes from the one to the other' },
      { stacks: [state], why: `then the state stack gives up ${names}` },
    ],
  };
}

const EMPTY: CloudFormationTemplate = { Resources: {} };

const templateOf = (templates: readonly StackTemplate[], stack: string) =>
  templates.find(({ name }) => name === stack)?.template ?? EMPTY;

/** Entries whose key the other record lacks. */
const without = <T>(record: Readonly<Record<string, T>>, other: object): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([key]) => !(key in other)));

const isEmpty = ({ Resources, Outputs = {} }: Kept) =>
  Object.keys(Resources).length + Object.keys(Outputs).length === 0;

type Output = NonNullable<CloudFormationTemplate['Outputs']>[string];

/** By the name that others import it by. */
const exportsOf = ({ Outputs = {} }: CloudFormationTemplate): Record<string, readonly [string, Output]> =>
  Object.fromEntries(
    Object.entries(Outputs).flatMap(([id, output]) =>
      output.Export === undefined ? [] : [[String(output.Export.Name), [id, output] as const]],
    ),
  );

/** Resources that the release gives up, and exports that somebody imports still. */
function goingAway(
  before: CloudFormationTemplate,
  after: CloudFormationTemplate,
  importers: ReleaseFacts['importers'],
): Kept {
  const gone = Object.entries(without(exportsOf(before), exportsOf(after)));
  return {
    Resources: without(before.Resources, after.Resources),
    Outputs: Object.fromEntries(gone.filter(([name]) => importers.has(name)).map(([, output]) => output)),
  };
}

/** What the next service may need of the state stack. */
const comingNew = (before: CloudFormationTemplate, after: CloudFormationTemplate): object => ({
  ...without(after.Resources, before.Resources),
  ...without(exportsOf(after), exportsOf(before)),
});

/** It, and what it refers to that the release gives up as well. */
function closure(before: CloudFormationTemplate, after: CloudFormationTemplate, gone: Kept): Kept {
  const kept: Record<string, TemplateResource> = { ...gone.Resources };
  const open: unknown[] = [...Object.values(kept), ...Object.values(gone.Outputs ?? {})];
  for (let each = open.pop(); each !== undefined; each = open.pop()) {
    for (const id of referredTo(each)) {
      const resource = before.Resources[id];
      if (resource === undefined || id in after.Resources || id in kept) continue;
      kept[id] = resource;
      open.push(resource);
    }
  }
  return { ...gone, Resources: kept };
}

function exportRefusals(
  { stage, importers }: ReleaseFacts,
  before: CloudFormationTemplate,
  after: CloudFormationTemplate,
): string[] {
  const { state, service } = stackNames(stage);
  const [was, is] = [exportsOf(before), exportsOf(after)];
  return [...importers].flatMap(([name, stacks]) => {
    const [id, output] = was[name] ?? [];
    if (output === undefined) return [];
    const now = is[name]?.[1];
    const others = stacks.filter((stack) => stack !== service && !stack.startsWith(`${service}-`));
    if (now === undefined && others.length > 0) {
      return [
        `output ${id} of ${state} would go, and stack ${others.join(', ')} imports it; deploy that without Fn::ImportValue of ${name}, then this`,
      ];
    }
    if (now === undefined || !changesValue(before, after, output.Value, now.Value)) return [];
    return [
      `output ${id} of ${state} would change its value, and ${stacks.join(', ')} imports it, so that CloudFormation refuses it; give the construct that it tells of another id, so that the one comes before the other goes`,
    ];
  });
}

/** The property that names a resource, of the types whose name no two may have. */
const NAMES: Readonly<Record<string, string>> = {
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Cognito::UserPoolDomain': 'Domain',
};

const nameOf = ({ Type, Properties = {} }: TemplateResource): string | undefined => {
  const name = Properties[NAMES[Type] ?? ''];
  return name === undefined ? undefined : `${Type} ${typeof name === 'string' ? name : JSON.stringify(name)}`;
};

function namedTwice({ Resources }: Kept, after: CloudFormationTemplate): string[] {
  const names = new Map(Object.entries(after.Resources).map(([id, each]) => [nameOf(each), id]));
  return Object.entries(Resources).flatMap(([id, each]) => {
    const name = nameOf(each);
    const other = name === undefined ? undefined : names.get(name);
    return other === undefined
      ? []
      : [
          `${name} would go from ${id} to ${other}, and cannot be both while the service changes; deploy without it first, then with it`,
        ];
  });
}

/** Names of the secrets that a release would make. */
export function newSecretNames(facts: Pick<ReleaseFacts, 'stage' | 'deployed' | 'next'>): readonly string[] {
  const { state } = stackNames(facts.stage);
  const before = facts.deployed.filter(standing).find(({ name }) => name === state)?.template ?? EMPTY;
  return Object.values(without(templateOf(facts.next, state).Resources, before.Resources))
    .filter(({ Type }) => Type === 'AWS::SecretsManager::Secret')
    .map(({ Properties }) => Properties?.Name)
    .filter((name) => typeof name === 'string');
}

/** A partner that comes back, or a stage, finds the secret that was retained when it went. */
const namesTaken = (
  { taken }: ReleaseFacts,
  before: CloudFormationTemplate | undefined,
  after: CloudFormationTemplate,
): string[] =>
  Object.values(without(after.Resources, before?.Resources ?? {}))
    .map(({ Type, Properties }) => (Type === 'AWS::SecretsManager::Secret' ? Properties?.Name : undefined))
    .filter((name) => typeof name === 'string')
    .filter((name) => taken.has(name))
    .map(
      (name) =>
        `secret ${name} is there already, and is not the stack's: it stayed when its partner or its stage went; note its value, delete it by aws secretsmanager delete-secret --secret-id ${name} --force-delete-without-recovery, and deploy again`,
    );

/** What is retained when the state stack gives it up. */
const orphans = ({ template, resources }: DeployedStack, after: CloudFormationTemplate): string[] =>
  Object.entries(without(template.Resources, after.Resources))
    .filter(([, { DeletionPolicy = '' }]) => DeletionPolicy.startsWith('Retain'))
    .map(([id, { Type }]) => {
      const physicalId = resources.find(({ logicalId }) => logicalId === id)?.physicalId ?? id;
      return `${Type} ${physicalId} stays in the account, where no stack looks after it any more; delete it by hand when nobody needs what it holds`;
    });
