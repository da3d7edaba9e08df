import type { Node } from '../openapi/node.ts';
import { type Difference, fact } from './change.ts';
import { compareProblems } from './compare-problems.ts';
import { compareResponses } from './compare-responses.ts';
import { compareSchemas, type Place } from './compare-schemas.ts';

type Nodes = Readonly<Record<string, Node>>;

/** What differs between two operations of one route, for its clients. */
export function compareOperations(before: Node, after: Node): readonly Difference[] {
  return [
    ...compareNames(before, after),
    ...compareAccess(before, after),
    ...compareParameters(parametersOf(before), parametersOf(after)),
    ...compareBodies(before.requestBody as Node | undefined, after.requestBody as Node | undefined),
    ...compareResponses((before.responses ?? {}) as Nodes, (after.responses ?? {}) as Nodes),
    ...compareProblems((before.responses ?? {}) as Nodes, (after.responses ?? {}) as Nodes),
  ];
}

function compareNames({ operationId: was }: Node, { operationId: is }: Node): readonly Difference[] {
  if (was === is) return [];
  return [
    fact(
      true,
      `operationId: ${was} is ${is}`,
      `that is generated from the document calls ${was}, which is ${is} now`,
    ),
  ];
}

/** Each requirement is enough alone; none at all is open to everyone. */
function compareAccess(before: Node, after: Node): readonly Difference[] {
  const named = ({ security }: Node) =>
    ((security ?? []) as readonly Node[]).map((requirement) =>
      Object.entries(requirement)
        .map(([scheme, scopes]) => [scheme, ...(scopes as readonly string[])].join(' '))
        .join(' with '),
    );
  const [was, is] = [named(before), named(after)];
  if (is.length === 0)
    return was.length === 0 ? [] : [fact(false, 'access: open now', 'needs no token any more')];
  if (was.length === 0)
    return [
      fact(true, `access: ${is.join(' or ')}`, `without a token is refused: it needs ${is.join(' or ')} now`),
    ];
  return [
    ...was
      .filter((each) => !is.includes(each))
      .map((each) =>
        fact(
          true,
          `access: ${each} is gone`,
          `with ${each} alone is refused: it needs ${is.join(' or ')} now`,
        ),
      ),
    ...is
      .filter((each) => !was.includes(each))
      .map((each) => fact(false, `access: ${each} is new`, `may come with ${each} now`)),
  ];
}

/** By place and name: `header If-Match`. */
const parametersOf = ({ parameters = [] }: Node): Nodes =>
  Object.fromEntries((parameters as readonly Node[]).map((each) => [`${each.in} ${each.name}`, each]));

function compareParameters(before: Nodes, after: Nodes): readonly Difference[] {
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
      ...compareSchemas(was.schema, is.schema, { ...place, at: name }),
    ].map((each) => ({ ...each, id: each.id.replace(`${name} ${name}`, name) }));
  });
}

function compareRequired(was: Node, is: Node, name: string): readonly Difference[] {
  if (was.required === is.required) return [];
  return is.required === true
    ? [fact(true, `${name}: it is required now`, `that sends no ${name} is refused: it is required now`)]
    : [fact(false, `${name}: it is optional now`, `may leave ${name} out now`)];
}

function compareBodies(before: Node | undefined, after: Node | undefined): readonly Difference[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined)
    return after?.required === true
      ? [fact(true, 'body: it is new and required', 'that sends no body is refused: it is required now')]
      : [fact(false, 'body: it is new', 'may send a body now')];
  if (after === undefined)
    return [fact(true, 'body: it is gone', 'that sends a body is not heard: it takes none now')];
  const [was, is] = [before, after].map(({ content = {} }) => content as Nodes) as [Nodes, Nodes];
  const types = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return [
    ...compareRequired(before, after, 'body'),
    ...types.flatMap((type) => {
      if (was[type] === undefined) return [fact(false, `body: ${type} is new`, `may send ${type} now`)];
      if (is[type] === undefined)
        return [
          fact(true, `body: ${type} is gone`, `that sends ${type} is refused: it is not taken any more`),
        ];
      const place: Place = { direction: 'request', at: '', part: 'request' };
      return compareSchemas(was[type].schema, is[type].schema, place);
    }),
  ];
}
