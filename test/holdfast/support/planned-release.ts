import { expect } from '@jest/globals';
import type { Kept } from '../../../lib/holdfast/cdk/templates/kept.ts';
import type { CloudFormationTemplate, StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import type { DeployedStack, StackResource } from '../../../lib/holdfast/cli/account/deployed.ts';
import {
  planRelease,
  type ReleaseFacts,
  type ReleasePlan,
  stackNames,
} from '../../../lib/holdfast/cli/deploy/release-plan.ts';
import { synthesizeStage } from './templates.ts';

/** The stage whose releases are planned. */
export const STAGE = 'staging';
export const { state, service } = stackNames(STAGE);

export type Templates = readonly StackTemplate[];

/** The stage's templates, with settings in the place of its own. */
export const withSettings = async (options: Parameters<typeof synthesizeStage>[1]): Promise<Templates> =>
  (await synthesizeStage(STAGE, options)).templates;

/** A pool with these clients. */
export const poolOf = (...clients: string[]) => ({
  settings: { userPool: { clients: Object.fromEntries(clients.map((name) => [name, { tenant: 'a' }])) } },
});

export const ISSUER = {
  issuer: 'https://id.example.org',
  audience: 'holdfast',
  jwksUri: 'https://id.example.org/jwks.json',
};

export const find = (templates: Templates, name: string): CloudFormationTemplate => {
  const found = templates.find((each) => each.name === name)?.template;
  if (found === undefined) throw new Error(`no template of ${name}`);
  return found;
};

/** Names in every `Fn::ImportValue`. */
const importsIn = (value: unknown): string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([key, inner]) =>
        key === 'Fn::ImportValue' ? [String(inner)] : importsIn(inner),
      );

const exportsIn = ({ Outputs = {} }: CloudFormationTemplate): string[] =>
  Object.values(Outputs).flatMap(({ Export }) => (Export === undefined ? [] : [String(Export.Name)]));

/** An account with these templates deployed, as CloudFormation tells of it. */
export function account(templates: Templates, status: Readonly<Record<string, string>> = {}) {
  const deployed: DeployedStack[] = [state, service].map((name) => {
    const template = find(templates, name);
    const resources: StackResource[] = Object.entries(template.Resources).map(([logicalId, { Type }]) => ({
      logicalId,
      physicalId: `${logicalId}-physical`,
      type: Type,
      status: 'CREATE_COMPLETE',
    }));
    return { name, template, resources, status: status[name] ?? 'UPDATE_COMPLETE' };
  });
  const importers = new Map(importsIn(find(templates, service)).map((name) => [name, [service]]));
  return { deployed, importers };
}

export const plan = (before: Templates, next: Templates, other: Partial<ReleaseFacts> = {}): ReleasePlan =>
  planRelease({ stage: STAGE, ...account(before), taken: new Set(), next, ...other });

/** The state stack as a deployment makes it. */
export const keeping = (
  template: CloudFormationTemplate,
  keep: Kept = { Resources: {} },
): CloudFormationTemplate => ({
  ...template,
  Resources: { ...template.Resources, ...keep.Resources },
  Outputs: { ...template.Outputs, ...keep.Outputs },
});

type Standing = Readonly<Record<'state' | 'service', CloudFormationTemplate>>;

/**
 * What CloudFormation has against a deployment, where `before` stands: an export in use is not removed, an import needs its
 * export, and a reference its resource.
 */
function against(before: Standing, after: Standing): string[] {
  const missing = (needed: readonly string[], there: readonly string[], what: string) =>
    needed.filter((name) => !there.includes(name)).map((name) => `${what} ${name}`);
  const { Resources, Outputs } = after.state;
  const references = JSON.stringify([Resources, Outputs]).matchAll(/"Ref":"(\w+)"/g);
  return [
    ...missing(importsIn(before.service), exportsIn(after.state), 'export in use goes:'),
    ...missing(importsIn(after.service), exportsIn(after.state), 'no export'),
    ...missing(
      [...references].map(([, id = '']) => id),
      Object.keys(Resources),
      'no resource',
    ),
  ];
}

/** Deploys stack by stack as planned; at the end, the templates stand as the release has them. */
export function carryOut(before: Templates, next: Templates, { deployments }: ReleasePlan): void {
  let stands: Standing = { state: find(before, state), service: find(before, service) };
  const single = deployments.flatMap(({ stacks, keep }) => stacks.map((stack) => ({ stack, keep })));
  for (const { stack, keep } of single) {
    const after =
      stack === state
        ? { ...stands, state: keeping(find(next, state), keep) }
        : { ...stands, service: find(next, service) };
    expect(against(stands, after)).toEqual([]);
    stands = after;
  }
  expect(stands).toEqual({ state: find(next, state), service: find(next, service) });
}

export const stacksOf = ({ deployments }: ReleasePlan) => deployments.map(({ stacks }) => stacks);
