import { existsSync, readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { Action } from '../functions/core/define-action.ts';
import type { Operation } from '../functions/core/define-operation.ts';
import type { Partner } from '../functions/core/define-partner.ts';
import type { Resource } from '../functions/core/define-resource.ts';
import { cancel, resolve } from '../functions/core/operation-actions.ts';
import { actionPath } from '../functions/core/routes.ts';
import { ROOT } from './root.ts';

/** Where teams add their files, from the root of the repository. */
const ACTIONS = 'functions/actions';

const OPERATIONS = 'functions/operations';

/** Routes and functions that the kit makes for every resource; an action of that name would clash with them. */
const RESERVED = ['get', 'list', 'history'];

/** First segments of the kit's own routes. */
const RESERVED_RESOURCES = ['docs', 'health', 'openapi.json', 'operations', 'partners', 'problems'];

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
}

/** Every partner that a step of an operation names. */
export const partnersOf = ({ operations }: Registry): readonly Partner[] => [
  ...new Set(operations.flatMap(({ definition }) => definition.steps.map(({ partner }) => partner))),
];

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
  const all = single.map((scope) => scope.replace(/:.*$/, ':*'));
  return [...new Set([...all, ...single])];
}

/**
 * Every resource and action there is, found by walking `functions/actions/<resource>/`: nobody lists one by hand.
 * @throws Error that names the file, the fault and the remedy
 */
export async function loadRegistry(root = ROOT): Promise<Registry> {
  const folders = readdirSync(join(root, ACTIONS), { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const names = folders.map(({ name }) => name).sort();
  const resources = await Promise.all(names.map((name) => loadResource(root, join(root, ACTIONS, name))));
  return { resources, operations: await loadOperations(root) };
}

async function loadOperations(root: string): Promise<readonly Registered<Operation>[]> {
  const files = readdirSync(join(root, OPERATIONS)).filter((file) => file.endsWith('.ts'));
  const operations = await Promise.all(
    files
      .sort()
      .map((file) => load<Operation>(root, join(root, OPERATIONS, file), 'defineOperation', 'steps')),
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
  if (RESERVED_RESOURCES.includes(resource.definition.name)) {
    throw new Error(
      `${resource.file}: '${resource.definition.name}' is a route of the kit; choose another name`,
    );
  }
  if (resource.definition.name !== basename(folder)) {
    throw new Error(
      `${resource.file}: resource '${resource.definition.name}' is in folder '${basename(folder)}'; rename one of them`,
    );
  }
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'resource.ts');
  const actions = await Promise.all(
    files.sort().map((file) => load<Action>(root, join(folder, file), 'defineAction', 'decide')),
  );
  for (const action of actions) checkAction(action, resource);
  checkRoutes(actions);
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
      `${file}: has no default export made by ${maker}; add one, or move the file to functions/core`,
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
  if (RESERVED.includes(action.name)) fail(`'${action.name}' is a route of the kit; choose another name`);
  if (action.resource !== resource) {
    fail(`action is of resource '${action.resource.name}'; import the resource beside it, ./resource.ts`);
  }
  const lenient = lenientObject(
    z.toJSONSchema(action.input, { io: 'input', unrepresentable: 'any' }),
    'input',
  );
  if (lenient !== undefined)
    fail(`${lenient} accepts unknown members; write z.strictObject instead of z.object`);
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

type Schema = z.core.JSONSchema._JSONSchema | undefined;

/** Path of an object in the input that does not refuse unknown members, if there is one. */
function lenientObject(schema: Schema, path: string): string | undefined {
  if (typeof schema !== 'object') return undefined;
  const {
    type,
    properties = {},
    additionalProperties,
    items,
    prefixItems = [],
    anyOf = [],
    oneOf = [],
    allOf = [],
  } = schema;
  // A record says what its members are; an object names them, and may have no other.
  const isRecord = schema.propertyNames !== undefined;
  const refuses = additionalProperties === false;
  if (type === 'object' && !refuses && !isRecord) return path;
  const inner: (readonly [Schema, string])[] = [
    ...Object.entries(properties).map(([name, value]) => [value, `${path}.${name}`] as const),
    ...[items, ...prefixItems].flat().map((item) => [item, `${path}[]`] as const),
    ...(isRecord ? [[additionalProperties as Schema, `${path}.*`] as const] : []),
    ...[...anyOf, ...oneOf, ...allOf].map((part) => [part, path] as const),
  ];
  return inner.map(([value, at]) => lenientObject(value, at)).find((found) => found !== undefined);
}
