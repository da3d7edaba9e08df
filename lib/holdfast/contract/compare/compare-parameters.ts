import { listOf, type Node, type Nodes, nodesOf } from '../../openapi/schemas/node.ts';
import { type Difference, fact } from './change.ts';
import { compareRest } from './compare-rest.ts';
import { compareSchemas, type Place } from './compare-schemas.ts';

/** By place and name: `header If-Match`. */
const byName = ({ parameters }: Node): Nodes =>
  Object.fromEntries(listOf(parameters).map((each) => [`${each.in} ${each.name}`, each]));

/** What differs between the parameters of two operations; one in another place is another one. */
export function compareParameters(one: Node, other: Node): readonly Difference[] {
  const [before, after] = [byName(one), byName(other)];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    const place: Place = { direction: 'request', at: '', part: name };
    if (was === undefined) {
      const sentence = `need not know of ${name}, which is new`;
      return is?.required === true
        ? [
            fact(
              true,
              `${name}: it is new and required`,
              `that sends no ${name} is refused: it is required now`,
            ),
          ]
        : [fact(false, `${name}: it is new`, sentence)];
    }
    if (is === undefined)
      return [
        fact(
          true,
          `${name}: it is gone`,
          `that sends ${name} has no effect by it, or is refused: it is gone`,
        ),
      ];
    return [
      ...compareRequired(was, is, name),
      ...compareRest(was, is, name, ['name', 'in', 'required', 'schema'], serialized(was, is)),
      ...compareSchemas(was.schema, is.schema, { ...place, at: name }),
    ].map((each) => ({ ...each, id: each.id.replace(`${name} ${name}`, name) }));
  });
}

/** What leaves out a parameter or a body: it may break where it is required. */
export function compareRequired(was: Node, is: Node, name: string): readonly Difference[] {
  if (was.required === is.required) return [];
  return is.required === true
    ? [fact(true, `${name}: it is required now`, `that sends no ${name} is refused: it is required now`)]
    : [fact(false, `${name}: it is optional now`, `may leave ${name} out now`)];
}

/** How values of a place are written where a parameter does not say (OpenAPI 3.1, Parameter Object). */
function serialized(was: Node, is: Node): Readonly<Record<string, unknown>> {
  const isForm = was.in === 'query' || was.in === 'cookie';
  const styles = [was, is].map(({ style = isForm ? 'form' : 'simple' }) => style);
  return {
    style: isForm ? 'form' : 'simple',
    // Of another style, the style is what differs.
    explode: styles[0] === 'form',
    allowReserved: false,
    allowEmptyValue: false,
  };
}

/** What differs between the lists by members that an operation has. Clients know one by what it is by, and its order by their cursors. */
export function compareLists(before: Node, after: Node): readonly Difference[] {
  const [was, is] = [listsIn(before), listsIn(after)];
  return [
    ...[...was].flatMap(([by, order]) => {
      const now = is.get(by);
      if (now === undefined)
        return [fact(true, `list by ${by} is gone`, `that asks for the list by ${by} is refused`)];
      return now === order
        ? []
        : [fact(true, `list by ${by}: ${now}`, `gets the list by ${by} by ${now}, and got it by ${order}`)];
    }),
    ...[...is.keys()]
      .filter((by) => !was.has(by))
      .map((by) => fact(false, `list by ${by} is new`, `may ask for the list by ${by} now`)),
  ];
}

/** The order of each list, by what it is by. */
const listsIn = ({ 'x-holdfast-lists': lists }: Node): ReadonlyMap<string, string> =>
  new Map(
    Object.values(nodesOf(lists)).map(({ by, order, first }) => [
      [by].flat().map(String).sort().join(' and '),
      `${order}, ${first} first`,
    ]),
  );
