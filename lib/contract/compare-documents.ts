import type { Node } from '../openapi/node.ts';
import { type Change, changesOf, type Difference, fact } from './change.ts';
import { compareOperations } from './compare-operations.ts';
import { dereferenced } from './document.ts';

/**
 * What differs between two OpenAPI 3.1 documents of one version, for the clients of the older: what is added is compatible,
 * what is removed or tightened is breaking, and so is what nobody can tell. A pure function of both.
 */
export function compareDocuments(before: Node, after: Node): readonly Change[] {
  const [was, is] = [operationsOf(dereferenced(before)), operationsOf(dereferenced(after))];
  const routes = new Set([...was.keys(), ...is.keys()]);
  const byRoute = [...routes].map(
    (route) => [route, differences(was.get(route), is.get(route), route)] as const,
  );
  return [...sunsetChanges(before, after), ...changesOf(new Map(byRoute))].toSorted(
    (a, b) => Number(b.breaking) - Number(a.breaking),
  );
}

function differences(was: Node | undefined, is: Node | undefined, route: string): readonly Difference[] {
  if (was === undefined) return [fact(false, `${route}: it is new`, 'need not know of it: it is new')];
  if (is === undefined) return [fact(true, `${route}: it is gone`, 'finds no such route: it is gone')];
  return compareOperations(was, is);
}

/** `POST /payouts/{payoutId}/approve` and what it does. */
function operationsOf(document: Node): ReadonlyMap<string, Node> {
  const paths = (document.paths ?? {}) as Readonly<Record<string, Readonly<Record<string, Node>>>>;
  return new Map(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    ),
  );
}

/** An end that is announced, or put off, breaks nobody; one that comes sooner does. */
function sunsetChanges(before: Node, after: Node): readonly Change[] {
  const [was, is] = [sunsetOf(before), sunsetOf(after)];
  if (was === is) return [];
  const breaking = was !== undefined && is !== undefined && is < was;
  const version = String((after.info as Node | undefined)?.version);
  const sentence = `a client of version ${version} has until ${is ?? 'further notice'}${was === undefined ? '' : `, and had until ${was}`}`;
  return [{ breaking, id: `sunset: ${is ?? 'none'}`, sentence, routes: [] }];
}

/** When a version ends; undefined for one that does not yet. */
export const sunsetOf = ({ info }: Node): string | undefined =>
  (info as { readonly 'x-sunset'?: string } | undefined)?.['x-sunset'];
