import { isNode, listOf, type Node, type Nodes, nodeOf, nodesOf } from '../../openapi/schemas/node.ts';
import { type Difference, fact } from './change.ts';
import { compareRest } from './compare-rest.ts';
import { compareSchemas } from './compare-schemas.ts';

const PROBLEM = 'application/problem+json';

const names = (...nodes: readonly Nodes[]) => [...new Set(nodes.flatMap(Object.keys))];

/** What differs between the answers of two operations, but for the problems among them. */
export function compareResponses(before: Nodes, after: Nodes): readonly Difference[] {
  return names(before, after).flatMap((status) => {
    const [was, is] = [before[status], after[status]];
    if (was !== undefined && is !== undefined)
      return [
        ...compareHeaders(nodesOf(was.headers), nodesOf(is.headers), status),
        ...compareContents(nodesOf(was.content), nodesOf(is.content), status),
        ...compareRest(was, is, `answer ${status}`, ['headers', 'content']),
      ];
    // Which problems are gone and new is told by their codes.
    if (!/^[23]/.test(status)) return [];
    if (is === undefined)
      return [fact(true, `status ${status}: it is gone`, `that waits for ${status} is never answered it`)];
    return status.startsWith('2')
      ? [
          fact(
            true,
            `status ${status}: it is new`,
            `may be answered ${status}, which it takes for what it is not`,
          ),
        ]
      : [fact(false, `status ${status}: it is new`, `may be answered ${status}, if it asks for it`)];
  });
}

function compareHeaders(before: Nodes, after: Nodes, status: string): readonly Difference[] {
  return names(before, after).flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    const id = `header ${name} of ${status}`;
    if (was === undefined) return [fact(false, `${id}: it is new`, `finds ${name} with ${status} now`)];
    const relies = `that relies on ${name} with ${status} does not find it`;
    if (is === undefined) return [fact(true, `${id}: it is gone`, `${relies}: it is gone`)];
    const optional = was.required === true && is.required !== true;
    const certain = was.required !== true && is.required === true;
    return [
      ...(optional
        ? [fact(true, `${id}: it may be missing now`, `${relies} each time: it may be missing now`)]
        : []),
      ...(certain
        ? [fact(false, `${id}: it is always there now`, `finds ${name} with each ${status} now`)]
        : []),
      ...compareSchemas(was.schema, is.schema, {
        direction: 'response',
        at: name,
        part: `header of ${status}`,
      }),
      ...compareRest(was, is, id, ['required', 'schema'], { style: 'simple', explode: false }),
    ];
  });
}

function compareContents(before: Nodes, after: Nodes, status: string): readonly Difference[] {
  return names(before, after)
    .filter((type) => type !== PROBLEM)
    .flatMap((type) => {
      const [was, is] = [before[type], after[type]];
      if (was === undefined) return [fact(false, `${status}: ${type} is new`, `may ask for ${type} now`)];
      if (is === undefined)
        return [fact(true, `${status}: ${type} is gone`, `that reads ${type} is answered something else`)];
      return [
        ...compareSchemas(was.schema, is.schema, { direction: 'response', at: '', part: 'response' }),
        ...compareRest(was, is, `${status} ${type}`, ['schema']),
      ];
    });
}

/** The problems that an operation may answer, by their codes. */
export function problemsOf(responses: Nodes): ReadonlyMap<string, Node> {
  const schemas = Object.values(responses).flatMap(({ content }) => {
    const { schema } = nodesOf(content)[PROBLEM] ?? {};
    const { oneOf } = nodeOf(schema);
    return oneOf === undefined ? [schema].filter(isNode) : listOf(oneOf);
  });
  return new Map(
    schemas.flatMap((schema) => {
      const { code } = nodesOf(schema.properties);
      return typeof code?.const === 'string' ? [[code.const, schema] as const] : [];
    }),
  );
}
