import { isNode, type Node, nodesOf } from '../../openapi/schemas/node.ts';
import { type Difference, fact } from './change.ts';
import { compareAccess, compareServers } from './compare-access.ts';
import { compareLists, compareParameters, compareRequired } from './compare-parameters.ts';
import { compareProblems } from './compare-problems.ts';
import { compareResponses } from './compare-responses.ts';
import { compareRest } from './compare-rest.ts';
import { compareSchemas, type Place } from './compare-schemas.ts';

/** Keywords that are compared one by one. */
const COMPARED = [
  'operationId',
  'security',
  'securitySchemes',
  'servers',
  'parameters',
  'requestBody',
  'responses',
];

/** What differs between two operations of one route, for its clients. */
export function compareOperations(before: Node, after: Node): readonly Difference[] {
  return [
    ...compareNames(before, after),
    ...compareAccess(before, after),
    ...compareServers(before, after),
    ...compareParameters(before, after),
    ...compareLists(before, after),
    ...compareRest(before, after, 'operation', COMPARED),
    ...compareBodies(before.requestBody, after.requestBody),
    ...compareResponses(nodesOf(before.responses), nodesOf(after.responses)),
    ...compareProblems(nodesOf(before.responses), nodesOf(after.responses)),
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

function compareBodies(before: unknown, after: unknown): readonly Difference[] {
  if (!isNode(before)) {
    if (!isNode(after)) return [];
    return after.required === true
      ? [fact(true, 'body: it is new and required', 'that sends no body is refused: it is required now')]
      : [fact(false, 'body: it is new', 'may send a body now')];
  }
  if (!isNode(after))
    return [fact(true, 'body: it is gone', 'that sends a body is not heard: it takes none now')];
  const [was, is] = [nodesOf(before.content), nodesOf(after.content)];
  const types = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return [
    ...compareRequired(before, after, 'body'),
    ...compareRest(before, after, 'body', ['required', 'content']),
    ...types.flatMap((type) => {
      if (was[type] === undefined) return [fact(false, `body: ${type} is new`, `may send ${type} now`)];
      if (is[type] === undefined)
        return [
          fact(true, `body: ${type} is gone`, `that sends ${type} is refused: it is not taken any more`),
        ];
      const place: Place = { direction: 'request', at: '', part: 'request' };
      return [
        ...compareSchemas(was[type].schema, is[type].schema, place),
        ...compareRest(was[type], is[type], `body ${type}`, ['schema']),
      ];
    }),
  ];
}
