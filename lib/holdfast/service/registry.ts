import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Action, heldFault } from '../core/definitions/define-action.ts';
import type { Operation } from '../core/definitions/define-operation.ts';
import type { Resource } from '../core/definitions/define-resource.ts';
import { RESERVED_ACTIONS, withoutHyphens } from '../core/definitions/reserved-names.ts';
import { actionPath } from '../core/definitions/routes.ts';
import { wildcardOf } from '../core/definitions/scopes.ts';
import { cancel, resolve } from '../core/operations/operation-actions.ts';
import { operations as operationResource } from '../core/operations/operations.ts';
import { problemRows } from '../core/operations/problem-rows.ts';
import type { Partner } from '../core/partners/define-partner.ts';
import type { ProblemRow } from '../core/problems/problems.ts';
import type { VersionDefinition } from '../core/versions/define-version.ts';
import { checkTouched } from './check-touched.ts';
import { checkVersions } from './check-versions.ts';
import { ROOT } from './project.ts';
import { lenientMember } from './schemas/lenient-member.ts';
import { inputFault, membersFault, type SchemaFault } from './schemas/open-string.ts';

/** Where teams add their files, from the root of the repository. */
const ACTIONS = 'functions/actions';

const OPERATIONS = 'functions/operations';

const VERSIONS = 'functions/versions';

/** A definition and its file, from the root of the repository, with forward slashes. */
export interface Registered<T> {
  readonly definition: T;
  readonly file: string;
}

/** A resource with its actions, in the order of their names. */
export interface RegisteredResource extends Registered<Resource> {
  readonly actions: readonly Registered<Action>[];
}

/** Everything that teams have added. */
export interface Registry {
  readonly resources: readonly RegisteredResource[];
  readonly operations: readonly Registered<Operation>[];
  /** Older versions of the contract, the oldest first. */
  readonly versions: readonly Registered<VersionDefinition>[];
}

/** Every partner that a step of an operation names. */
export const partnersOf = ({ operations }: Registry): readonly Partner[] => [
  ...new Set(operations.flatMap(({ definition }) => definition.steps.map(({ partner }) => partner))),
];

/** Whatever has problems of its own: resources, and actions that decide on more than theirs. */
export const refusingIn = ({
  resources,
}: Pick<Registry, 'resources'>): readonly Registered<Resource | Action>[] =>
  resources.flatMap(({ actions, ...resource }) => [
    resource,
    ...actions.filter(({ definition }) => definition.with !== undefined),
  ]);

/** Every row of a service's table of problems by its code. */
export const problemsOf = (registry: Pick<Registry, 'resources'>): ReadonlyMap<string, ProblemRow> =>
  problemRows(refusingIn(registry).map(({ definition }) => definition));

/** Every scope there is; those that hold all of a resource's come first. */
export function scopesOf({ resources }: Registry): readonly string[] {
  const single = [
    ...resources.flatMap(({ definition: { name }, actions }) => [
      `${name}:read`,
      ...actions.map(({ definition: { scope } }) => scope),
    ]),
    'operations:read',
    ...[cancel, resolve].map(({ scope }) => scope),
  ];
  const all = single.map(wildcardOf);
  return [...new Set([...all, ...single])];
}

/**
 * Every resource and action there is, found by walking `functions/actions/<resource>/`: nobody lists one by hand.
 * @throws Error that names the file, the fault and the remedy
 */
export async function loadRegistry(root = ROOT): Promise<Registry> {
  // A project that has just been made has no resource yet.
  const entries = existsSync(join(root, ACTIONS))
    ? readdirSync(join(root, ACTIONS), { withFileTypes: true })
    : [];
  const folders = entries.filter((entry) => entry.isDirectory());
  const names = folders.map(({ name }) => name).sort();
  const resources = await Promise.all(names.map((name) => loadResource(root, join(root, ACTIONS, name))));
  checkNames(resources);
  checkFunctions(resources);
  checkTouched(resources);
  const operations = await loadOperations(root);
  return { resources, operations, versions: await loadVersions(root, resources) };
}

const sourcesIn = (root: string, folder: string): readonly string[] =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder))
        .filter((file) => file.endsWith('.ts'))
        .sort()
    : [];

/** Files of the older versions of the contract, from the root of the repository, the oldest first. */
export const versionFiles = (root = ROOT): readonly string[] =>
  sourcesIn(root, VERSIONS).map((file) => `${VERSIONS}/${file}`);

async function loadVersions(
  root: string,
  resources: readonly RegisteredResource[],
): Promise<readonly Registered<VersionDefinition>[]> {
  const versions = await Promise.all(
    versionFiles(root).map((file) =>
      load<VersionDefinition>(root, join(root, file), 'defineVersion', 'changes'),
    ),
  );
  for (const { definition, file } of versions) {
    if (`${definition.version}.ts` !== basename(file)) {
      throw new Error(
        `${file}: version '${definition.version}' is not named like its file; rename one of them`,
      );
    }
  }
  const actions = resources.flatMap((resource) => resource.actions.map(({ definition }) => definition));
  checkVersions(
    versions,
    actions,
    resources.map(({ definition }) => definition),
  );
  return versions;
}

async function loadOperations(root: string): Promise<readonly Registered<Operation>[]> {
  const operations = await Promise.all(
    sourcesIn(root, OPERATIONS).map((file) =>
      load<Operation>(root, join(root, OPERATIONS, file), 'defineOperation', 'steps'),
    ),
  );
  for (const { definition, file } of operations) {
    if (`${definition.name}.ts` !== basename(file)) {
      throw new Error(
        `${file}: operation '${definition.name}' is not named like its file; rename one of them`,
      );
    }
  }
  return operations;
}

async function loadResource(root: string, folder: string): Promise<RegisteredResource> {
  const path = join(folder, 'resource.ts');
  if (!existsSync(path)) {
    throw new Error(
      `${ACTIONS}/${basename(folder)}: has no resource.ts; add one made by defineResource, or remove the folder`,
    );
  }
  const resource = await load<Resource>(root, path, 'defineResource', 'states');
  if (resource.definition.name !== basename(folder)) {
    throw new Error(
      `${resource.file}: resource '${resource.definition.name}' is in folder '${basename(folder)}'; rename one of them`,
    );
  }
  refuse(resource.file, membersFault(resource.definition.members, 'members'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'resource.ts');
  const actions = await Promise.all(
    files.sort().map((file) => load<Action>(root, join(folder, file), 'defineAction', 'decide')),
  );
  for (const action of actions) checkAction(action, resource);
  checkRoutes(actions);
  checkHeld(actions);
  return { ...resource, actions };
}

async function load<T extends object>(
  root: string,
  path: string,
  maker: string,
  member: string,
): Promise<Registered<T>> {
  const file = relative(root, path).split(sep).join('/');
  let module: { default?: unknown };
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
  const definition = module.default;
  if (typeof definition !== 'object' || definition === null || !(member in definition)) {
    throw new Error(
      `${file}: has no default export made by ${maker}; add one, or move the file to functions/values`,
    );
  }
  return { definition: definition as T, file };
}

function checkAction(
  { definition: action, file }: Registered<Action>,
  { definition: resource }: Registered<Resource>,
) {
  const fail = (fault: string) => {
    throw new Error(`${file}: ${fault}`);
  };
  if (`${action.name}.ts` !== basename(file)) {
    fail(`action '${action.name}' is not named like its file; rename one of them`);
  }
  if (RESERVED_ACTIONS.includes(action.name))
    fail(`'${action.name}' is a route of the kit; choose another name`);
  if (action.resource !== resource) {
    fail(`action is of resource '${action.resource.name}'; import the resource beside it, ./resource.ts`);
  }
  const lenient = lenientMember(action.input);
  if (lenient !== undefined)
    fail(`${lenient} accepts unknown members; write z.strictObject instead of z.object`);
  refuse(file, inputFault(action.input, 'input'));
}

function refuse(file: string, fault: SchemaFault | undefined): void {
  if (fault !== undefined) throw new Error(`${file}: ${fault.join(' ')}`);
}

/** Names that differ in hyphens alone meet in a client's members and in what is made of them in a template. */
function checkNames(resources: readonly RegisteredResource[]): void {
  const named: (readonly [what: string, file: string, name: string])[] = resources.flatMap(
    ({ definition, file, actions }) => [
      ['name', file, definition.name] as const,
      ['singular', file, definition.singular] as const,
      ['idPrefix', file, definition.idPrefix] as const,
      ...actions.map(
        (action) => [`action of ${definition.name}`, action.file, action.definition.name] as const,
      ),
    ],
  );
  const kit = [
    ['name', operationResource.name],
    ['singular', operationResource.singular],
    ['idPrefix', operationResource.idPrefix],
  ] as const;
  const taken = new Map(kit.map(([what, name]) => [`${what} ${name}`, "the kit's operations"]));
  for (const [what, file, name] of named) {
    const id = `${what} ${withoutHyphens(name)}`;
    const other = taken.get(id);
    if (other !== undefined)
      throw new Error(`${file}: ${what} '${name}' is that of ${other} too, hyphens aside; choose another`);
    taken.set(id, file);
  }
}

/** A function is called by its resource and its action: what is cut elsewhere is the same, as orders-items get and orders items-get. */
function checkFunctions(resources: readonly RegisteredResource[]): void {
  const taken = new Map<string, string>();
  for (const { definition, file: own, actions } of resources)
    for (const [action, file] of [
      ...RESERVED_ACTIONS.map((name) => [name, own] as const),
      ...actions.map(({ definition: { name }, file: of }) => [name, of] as const),
    ]) {
      const name = `${definition.name}-${action}`;
      const other = taken.get(name);
      if (other !== undefined)
        throw new Error(
          `${file}: its function is called '${name}', as that of ${other} is; rename one of them`,
        );
      taken.set(name, file);
    }
}

function checkRoutes(actions: readonly Registered<Action>[]) {
  const byRoute = new Map<string, string>();
  for (const { definition: action, file } of actions) {
    const route = `POST ${actionPath(action)}`;
    const other = byRoute.get(route);
    if (other !== undefined) {
      throw new Error(
        `${file}: ${route} is the route of ${other} too; give one of them a from, or remove it`,
      );
    }
    byRoute.set(route, file);
  }
}

/** While an operation holds a resource, only that operation's end moves it. */
function checkHeld(actions: readonly Registered<Action>[]) {
  for (const { definition: holding } of actions) {
    const { operation } = holding;
    if (operation === undefined) continue;
    for (const { definition: action, file } of actions) {
      const fault = heldFault({ ...holding, operation }, action);
      if (fault !== undefined) throw new Error(`${file}: action '${action.name}': ${fault}`);
    }
  }
}
