import type { DeclaredEntry } from '../../../lib/holdfast/cdk/bundles/function-entry.ts';
import type { Grant, Items } from '../../../lib/holdfast/cdk/bundles/needs.ts';
import { KEY_PREFIXES } from '../../../lib/holdfast/core/definitions/reserved-names.ts';

/** A function, and the text of its bundle: not minified, and without the packages that it imports. */
export type BundledEntry = Pick<DeclaredEntry, 'name' | 'entry' | 'needs'> & { readonly text: string };

/** What a bundle does: esbuild has left out of it what its entry does not reach. */
interface Held {
  readonly variables: readonly string[];
  readonly calls: readonly string[];
  /** Types of the kit's own items that it makes keys of. */
  readonly types: readonly string[];
}

const all = (text: string, pattern: RegExp) =>
  [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();

/** Every function has these. */
const COMMON = ['POWERTOOLS_SERVICE_NAME', 'STAGE'];

const heldBy = ({ text }: BundledEntry): Held => ({
  variables: all(text, /\benvironment(?:Json)?\d*\("([A-Z_]+)"\)/g).filter((name) => !COMMON.includes(name)),
  // A transaction is authorized as its members, each of which is a call of the same name elsewhere.
  calls: all(text, /\bnew (\w+)Command\d*\(/g).filter((name) => name !== 'TransactWriteItems'),
  types: all(text, /\bkey\d*\(KEY_PREFIXES\d*\.(\w+)/g),
});

const callsOf = (grants: readonly Grant[]) =>
  grants.flatMap(({ actions }) => actions.map((action) => action.replace(/^.*:/, '')));

const itemsOf = (grants: readonly Grant[]): readonly Items[] =>
  grants.flatMap(({ on }) => (typeof on === 'object' && 'keys' in on ? on : []));

/** A bundle tells no other type apart: its functions get the resource as an argument. */
const kitTypesOf = (grants: readonly Grant[]) =>
  itemsOf(grants)
    .flatMap(({ keys }) => keys.map((key) => key.replace(/#.*$/, '')))
    .filter((type) => type in KEY_PREFIXES && type !== KEY_PREFIXES.operations);

const tablesOf = (grants: readonly Grant[]) =>
  itemsOf(grants).map(({ table }) => `${table.toUpperCase()}_TABLE`);

const missing = (names: readonly string[], from: readonly string[]) => [
  ...new Set(names.filter((name) => !from.includes(name))),
];

/**
 * Whatever a function declares and its bundle does not use, and whatever its bundle uses and nobody declares, each as a
 * sentence. Functions of one entry have the same code, and each is granted only what its own definition makes of it: what
 * the code may do is granted to one of them.
 */
export function needFaults(functions: readonly BundledEntry[]): readonly string[] {
  return functions.flatMap((each) => {
    const { name, entry, needs } = each;
    const { variables, calls, types } = heldBy(each);
    const granted = functions.filter((other) => other.entry === entry).flatMap((other) => other.needs.grants);
    const idle = [
      ...missing(needs.environment, variables),
      ...missing(callsOf(needs.grants), calls),
      ...missing(kitTypesOf(needs.grants), types),
      ...missing(tablesOf(needs.grants), variables),
    ];
    const undeclared = [
      ...missing(variables, needs.environment),
      ...missing(calls, callsOf(granted)),
      ...missing(types, kitTypesOf(granted)),
      ...missing(
        variables.filter((variable) => variable.endsWith('_TABLE')),
        tablesOf(granted),
      ).map((table) => `an item of ${table}`),
    ];
    return [
      ...idle.map((what) => `${name} declares ${what}, which its bundle does not use`),
      ...undeclared.map((what) => `${name} uses ${what}, which no function of ${entry} declares`),
    ];
  });
}
