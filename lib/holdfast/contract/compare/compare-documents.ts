import { listOf, type Node, nodeOf, nodesOf } from '../../openapi/schemas/node.ts';
import { dereferenced } from '../document/document.ts';
import { type Change, changesOf, type Difference, fact } from './change.ts';
import { compareOperations } from './compare-operations.ts';
import { compareRest } from './compare-rest.ts';

/** Members of a path that are operations (OpenAPI 3.1, Path Item Object). */
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Members of a document that are compared one by one, or said of each operation. */
const COMPARED = ['openapi', 'info', 'paths', 'components', 'security', 'servers'];

/**
 * What differs between two OpenAPI 3.1 documents of one version, for the clients of the older: what is added is compatible,
 * what is removed or tightened is breaking, and so is what nobody can tell. A pure function of both.
 */
export function compareDocuments(before: Node, after: Node): readonly Change[] {
  const [was, is] = [operationsOf(before), operationsOf(after)];
  const routes = new Set([...was.keys(), ...is.keys()]);
  const byRoute = [...routes].map(
    (route) => [route, differences(was.get(route), is.get(route), route)] as const,
  );
  const rest = compareRest(before, after, 'document', COMPARED);
  const ofAll = changesOf(new Map(rest.length === 0 ? [] : [['every route', rest]]));
  return [...sunsetChanges(before, after), ...ofAll, ...changesOf(new Map(byRoute))].toSorted(
    (a, b) => Number(b.breaking) - Number(a.breaking),
  );
}

function differences(was: Node | undefined, is: Node | undefined, route: string): readonly Difference[] {
  if (was === undefined) return [fact(false, `${route}: it is new`, 'need not know of it: it is new')];
  if (is === undefined) return [fact(true, `${route}: it is gone`, 'finds no such route: it is gone')];
  return compareOperations(was, is);
}

/** `POST /payouts/{payoutId}/approve` and what it does; what document and path say for all of theirs is said of each. */
function operationsOf(document: Node): ReadonlyMap<string, Node> {
  const { paths, security = [], servers = [{ url: '/' }] } = dereferenced(document);
  const { securitySchemes } = nodeOf(document.components);
  return new Map(
    Object.entries(nodesOf(paths)).flatMap(([path, item]) =>
      METHODS.filter((method) => item[method] !== undefined).map((method) => {
        const operation = nodeOf(item[method]);
        const shared = { security, servers: item.servers ?? servers, securitySchemes };
        const parameters = [...parametersOf(item), ...parametersOf(operation)];
        return [`${method.toUpperCase()} ${path}`, { ...shared, ...operation, parameters }] as const;
      }),
    ),
  );
}

const parametersOf = ({ parameters }: Node) => listOf(parameters);

/** An end that is announced, or put off, breaks nobody; one that comes sooner does. */
function sunsetChanges(before: Node, after: Node): readonly Change[] {
  const [was, is] = [sunsetOf(before), sunsetOf(after)];
  if (was === is) return [];
  const breaking = was !== undefined && is !== undefined && is < was;
  const version = String(nodeOf(after.info).version);
  const sentence = `a client of version ${version} has until ${is ?? 'further notice'}${was === undefined ? '' : `, and had until ${was}`}`;
  return [{ breaking, id: `sunset: ${is ?? 'none'}`, sentence, routes: [] }];
}

/** When a version ends; undefined for one that does not yet. */
export const sunsetOf = ({ info }: Node): string | undefined => {
  const { 'x-sunset': sunset } = nodeOf(info);
  return sunset === undefined ? undefined : String(sunset);
};
