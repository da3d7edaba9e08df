import { UsageError } from '../../cli/command/command.ts';
import { isKebab } from '../../core/kebab-case.ts';
import type { RegisteredResource, Registry } from '../../service/registry.ts';

/** A name as files, routes and scopes have it. @throws UsageError */
export function kebab(what: string, value = ''): string {
  if (isKebab(value)) return value;
  throw new UsageError(`${what} '${value}' is not kebab case; write it like change-amount`);
}

/** A name as a sentence begins with it: `Change amount`. */
export const sentence = (name: string): string =>
  `${name.slice(0, 1).toUpperCase()}${name.slice(1).replaceAll('-', ' ')}`;

/** One of a kind, as a sentence says it: `a payout`, `an invoice`. */
export const oneOf = (singular: string): string =>
  `${/^[aeiou]/.test(singular) ? 'an' : 'a'} ${singular.replaceAll('-', ' ')}`;

/** A list as code has it: `['draft', 'done']`. */
export const literals = (values: readonly string[]): string =>
  `[${values.map((value) => `'${value}'`).join(', ')}]`;

/** A list of pairs as a test has it, as it is formatted: several stand below each other. */
export const pairs = (values: readonly (readonly [string, boolean])[]): string => {
  const all = values.map(([name, value]) => `['${name}', ${value}]`);
  return all.length < 2 ? `[${all.join('')}]` : `[\n${all.map((each) => `      ${each},\n`).join('')}    ]`;
};

/** The resource of this name. @throws UsageError */
export function resourceNamed(registry: Registry, name = ''): RegisteredResource {
  const found = registry.resources.find(({ definition }) => definition.name === name);
  if (found !== undefined) return found;
  const names = registry.resources.map(({ definition }) => definition.name).join(', ');
  throw new UsageError(
    `unknown resource '${name}'; choose from ${names}, or make it: npm run new -- resource ${name}`,
  );
}

/** The states of a resource that an option names, separated by commas. @throws UsageError */
export function statesNamed(
  { definition: { name, states } }: RegisteredResource,
  option: string,
  value: string,
): readonly string[] {
  const named = value.split(',');
  const stranger = named.find((state) => !states.includes(state));
  if (stranger !== undefined) {
    throw new UsageError(
      `--${option} names '${stranger}', which is not a state of ${name}; choose from ${states.join(', ')}`,
    );
  }
  if (new Set(named).size === named.length) return named;
  throw new UsageError(`--${option} is '${value}', which names a state twice; name each once`);
}

/** The one state of a resource that an option names. @throws UsageError */
export function stateNamed(resource: RegisteredResource, option: string, value: string): string {
  const [state = '', second] = statesNamed(resource, option, value);
  if (second === undefined) return state;
  throw new UsageError(`--${option} is '${value}'; name one state`);
}
