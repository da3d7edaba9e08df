import { isDeepStrictEqual } from 'node:util';
import { type Schema, typesOf, valuesOf } from '../document/schema.ts';

/** What tells an alternative from the others: the constants of its members, its values, or else its types. */
function labelOf(schema: Schema): string {
  const constants = Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    'const' in member ? [`${name} ${JSON.stringify(member.const)}`] : [],
  );
  if (constants.length > 0) return constants.join(', ');
  const values = valuesOf(schema);
  return values === undefined ? typesOf(schema).join(' or ') : JSON.stringify(values);
}

/** The alternatives of two schemas in pairs: those that are equal, then those of one label, in their order. */
export function pairVariants(before: readonly Schema[], after: readonly Schema[]) {
  const left = [...before];
  const right = [...after];
  const pairs: (readonly [Schema, Schema])[] = [];
  const pairBy = (match: (a: Schema, b: Schema) => boolean) => {
    for (const old of [...left]) {
      const at = right.findIndex((recent) => match(old, recent));
      const [recent] = at < 0 ? [] : right.splice(at, 1);
      if (recent === undefined) continue;
      pairs.push([old, recent]);
      left.splice(left.indexOf(old), 1);
    }
  };
  pairBy(isDeepStrictEqual);
  pairBy((a, b) => labelOf(a) === labelOf(b));
  return { pairs, gone: left.map(labelOf), added: right.map(labelOf) };
}
