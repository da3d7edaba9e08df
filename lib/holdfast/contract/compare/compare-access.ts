import { listOf, type Node, type Nodes, nodeOf, nodesOf } from '../../openapi/schemas/node.ts';
import { type Difference, fact } from './change.ts';
import { compareRest } from './compare-rest.ts';

/** A way in: the scopes that each scheme needs, all of them together. */
interface Requirement {
  readonly name: string;
  readonly needs: ReadonlyMap<string, readonly string[]>;
}

/** What differs between who may call an operation: each requirement is enough alone, and none at all is open to everyone. */
export function compareAccess(before: Node, after: Node): readonly Difference[] {
  const [was, is] = [requirementsOf(before), requirementsOf(after)];
  const ways = is.map(({ name }) => name).join(' or ');
  if (isOpen(is)) return isOpen(was) ? [] : [fact(false, 'access: open now', 'needs no token any more')];
  if (isOpen(was)) return [fact(true, `access: ${ways}`, `without a token is refused: it needs ${ways} now`)];
  const closed = was.filter((old) => !is.some((recent) => isEnough(old, recent)));
  const added = is.filter(({ name }) => !was.some((old) => old.name === name));
  return [
    ...closed.map(({ name }) =>
      fact(true, `access: ${name} is gone`, `with ${name} alone is refused: it needs ${ways} now`),
    ),
    ...added.map(({ name }) => fact(false, `access: ${name} is new`, `may come with ${name} now`)),
    ...compareSchemes(was, schemesOf(before), schemesOf(after)),
  ];
}

const requirementsOf = ({ security }: Node): readonly Requirement[] =>
  listOf(security).map((requirement) => {
    const needs = Object.entries(requirement).map(
      ([scheme, scopes]) => [scheme, [scopes].flat().map(String)] as const,
    );
    return {
      name: needs.map(([scheme, scopes]) => [scheme, ...scopes].join(' ')).join(' with '),
      needs: new Map(needs),
    };
  });

const isOpen = (requirements: readonly Requirement[]) =>
  requirements.length === 0 || requirements.some(({ needs }) => needs.size === 0);

/** Whether what an old requirement asked for is all that another asks for. */
const isEnough = (old: Requirement, recent: Requirement) =>
  [...recent.needs].every(([scheme, scopes]) => {
    const had = old.needs.get(scheme);
    return had !== undefined && scopes.every((scope) => had.includes(scope));
  });

const schemesOf = ({ securitySchemes }: Node): Nodes => nodesOf(securitySchemes);

/** A scheme of the same name may ask for something else: another header, another place to get a token. */
function compareSchemes(used: readonly Requirement[], before: Nodes, after: Nodes): readonly Difference[] {
  const names = new Set(used.flatMap(({ needs }) => [...needs.keys()]));
  return [...names].flatMap((name) => {
    const [was, is] = [before[name], after[name]];
    if (was === undefined || is === undefined) return [];
    return [
      // `bearerFormat` is a hint for people (OpenAPI 3.1, Security Scheme Object).
      ...compareRest(was, is, `access by ${name}`, ['flows', 'bearerFormat']),
      ...compareFlows(nodesOf(was.flows), nodesOf(is.flows), `access by ${name}`),
    ];
  });
}

function compareFlows(before: Nodes, after: Nodes, id: string): readonly Difference[] {
  return Object.entries(before).flatMap(([flow, was]) => {
    const is = after[flow];
    if (is === undefined)
      return [
        fact(true, `${id}: flow ${flow} is gone`, `that gets its token by ${flow} gets none: it is gone`),
      ];
    const gone = Object.keys(nodeOf(was.scopes)).filter((scope) => !Object.hasOwn(nodeOf(is.scopes), scope));
    return [
      ...compareRest(was, is, `${id} ${flow}`, ['scopes']),
      ...gone.map((scope) =>
        fact(
          true,
          `${id}: scope ${scope} is gone`,
          `that asks for the scope ${scope} gets no token: it is gone`,
        ),
      ),
    ];
  });
}

/** What differs between where an operation is served. */
export function compareServers(before: Node, after: Node): readonly Difference[] {
  const [was, is] = [serversOf(before), serversOf(after)];
  return [
    ...[...was].flatMap(([url, server]) => {
      const still = is.get(url);
      return still === undefined
        ? [fact(true, `server ${url}: it is gone`, `that calls ${url} finds no service there: it is gone`)]
        : compareRest(server, still, `server ${url}`, ['url']);
    }),
    ...[...is.keys()]
      .filter((url) => !was.has(url))
      .map((url) => fact(false, `server ${url}: it is new`, `may call ${url} now`)),
  ];
}

const serversOf = ({ servers }: Node): ReadonlyMap<string, Node> =>
  new Map(listOf(servers).map((server) => [String(server.url).replace(/\/$/, ''), server]));
