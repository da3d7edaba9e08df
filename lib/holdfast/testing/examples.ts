import { hash } from 'node:crypto';
import * as z from 'zod';
import type { Action } from '../core/definitions/define-action.ts';
import type { Registry } from '../service/registry.ts';

export type Input = Readonly<Record<string, unknown>>;

/**
 * An input; or what makes one of ids, where it names other resources: `(id) => ({ customerId: id('customers') })`. Each is
 * made by the example of its create first. The second of a resource that one input asks for is another one, and so on; of
 * all inputs in a tenant, the first ones are the same, and so are the second. `fresh` is a whole number that no other request
 * has, for a value that only one resource may have: `(_, fresh) => ({ sku: `SKU-${fresh}` })`.
 */
export type GivenInput = Input | ((id: (resource: string) => string, fresh: number) => Input);

/** Names of the resources whose ids an input has, in its order; one twice of which it has two. */
export function namedIn(given: GivenInput): readonly string[] {
  const names: string[] = [];
  inputWith(given, (name) => {
    names.push(name);
    return name;
  });
  return names;
}

/**
 * An input with ids in it.
 * @param id of a resource, each time that it is asked for
 * @param fresh @default 1, on paper
 */
export const inputWith = (given: GivenInput, id: (resource: string) => string, fresh = 1): Input =>
  typeof given === 'function' ? given(id, fresh) : given;

/** The number that an input has for itself under a key: the same request has the same one again. */
export const freshOf = (key: string): number =>
  // 48 bits are exact in a number, and no two of some thousand requests meet by chance.
  Number.parseInt(hash('sha256', key.replaceAll('"', '')).slice(0, 12), 16);

/** One request for an action that its rules accept, wherever its state permits it. */
export interface Example {
  /** A valid input; the more of its optional members it has, the more is tried. */
  readonly input: GivenInput;
  /** Who sends it, where the rules care: the subject of the token. @default `alice` */
  readonly by?: string;
  /**
   * What its rules refuse, by the problem's code, where it takes more than another person: `npm run provoke` sends it.
   * @default the example, from each person that an example names
   */
  readonly refused?: Readonly<Record<string, Refused>>;
}

/** What of an example makes a rule refuse it. */
export interface Refused {
  /** @default that of the example */
  readonly input?: GivenInput;
  /** @default whoever sends the example */
  readonly by?: string;
  /** The resource's state. @default any that permits the action */
  readonly in?: string;
  /** What the actions that bring it there are sent, by `resource.action`. @default their examples */
  readonly after?: Readonly<Record<string, GivenInput>>;
}

/** An example for each action of a service, by `resource.action`: `payouts.approve`. */
export type Examples = Readonly<Record<string, Example>>;

/** `payouts.approve`: what examples, tests and the document call an action. */
export const nameOf = ({ resource, name }: Pick<Action, 'resource' | 'name'>): string =>
  `${resource.name}.${name}`;

/** The id of nothing, in the form of a resource's ids: what is shown, and checked, where nothing is made. */
export const paperId =
  ({ resources }: Pick<Registry, 'resources'>) =>
  (name: string): string => {
    const known = resources.find(({ definition }) => definition.name === name);
    if (known !== undefined) return `${known.definition.idPrefix}_${'0'.repeat(26)}`;
    const names = resources.map(({ definition }) => definition.name);
    throw new Error(`there is no resource '${name}' of which it has an id; choose from ${names.join(', ')}`);
  };

/** What is wrong with the example of an action. */
function faultOf(registry: Registry, action: Action, examples: Examples): string | undefined {
  const name = nameOf(action);
  const example = examples[name];
  if (example === undefined) return `there is no example of '${name}'; add '${name}': { input: {} }`;
  try {
    const { error } = action.input.safeParse(inputWith(example.input, paperId(registry)));
    if (error !== undefined) return `the example of '${name}' is no valid input\n${z.prettifyError(error)}`;
  } catch (error) {
    return `the example of '${name}': ${error instanceof Error ? error.message : error}`;
  }
  return action.from === undefined && needsItself(action.resource.name, registry, examples)
    ? `the example of '${name}' needs a ${action.resource.singular} before there is one; let it name what can be made without it`
    : undefined;
}

/** Whether a resource is made only where it is there already. @param before what is to be made with it */
function needsItself(
  resource: string,
  registry: Registry,
  examples: Examples,
  before: readonly string[] = [],
): boolean {
  if (before.includes(resource)) return true;
  const create = createOf(registry, resource);
  const example = create && examples[nameOf(create)];
  const names = example === undefined ? [] : namedIn(example.input);
  return names.some((name) => needsItself(name, registry, examples, [...before, resource]));
}

/** The action that makes a resource of this name, by whose example one is made that another example names. */
export const createOf = ({ resources }: Pick<Registry, 'resources'>, name: string): Action | undefined =>
  resources
    .find(({ definition }) => definition.name === name)
    ?.actions.map(({ definition }) => definition)
    .find(({ from }) => from === undefined);

/**
 * The example of each action there is.
 * @throws Error that names every action without one, every example without an action, and every input that its action
 *   refuses
 */
export function examplesOf(registry: Registry, examples: Examples): ReadonlyMap<string, Example> {
  const actions = registry.resources.flatMap((resource) =>
    resource.actions.map(({ definition }) => definition),
  );
  const names = actions.map(nameOf);
  const faults = [
    ...actions.flatMap((action) => faultOf(registry, action, examples) ?? []),
    ...Object.keys(examples)
      .filter((name) => !names.includes(name))
      .map((name) => `there is no action '${name}'; remove its example, or choose from ${names.join(', ')}`),
  ];
  if (faults.length > 0) throw new Error(`test/examples.ts: ${faults.join('\n')}`);
  return new Map(Object.entries(examples));
}
