import type * as z from 'zod';
import type { ProblemRow } from './problems.ts';
import { problems as kitProblems } from './problems.ts';

/** Members that the kit keeps on every resource; none of a resource's own may be named like them. */
const RESERVED = ['id', 'state', 'version', 'createdAt', 'updatedAt', 'operation', 'allowedActions'];

/** A resource: what it holds, the states it moves through, and the problems that only it has. */
export interface Resource<
  Name extends string = string,
  State extends string = string,
  Members extends z.ZodObject = z.ZodObject,
  Code extends string = string,
> {
  /** Plural, in kebab case: the first segment of its routes, the prefix of its scopes and of its partition keys. */
  readonly name: Name;
  /** Singular, for sentences: `payout`. */
  readonly singular: string;
  /** Two to four letters before the underscore of its ids: `po`. */
  readonly idPrefix: string;
  readonly states: readonly State[];
  /** Its public members besides those that the kit keeps. Required ones are set by create. */
  readonly members: Members;
  /** Members that are stored and neither shown nor projected into an index. @default none */
  readonly internal?: readonly string[];
  /** Problems of the domain, by code; an action names those that its rules can meet. */
  readonly problems?: Readonly<Record<Code, ProblemRow>>;
}

/** A resource as `decide` sees it. */
export type Snapshot<R extends Resource> = z.output<R['members']> & {
  readonly id: string;
  readonly state: R['states'][number];
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
};

/**
 * Checks and returns the definition.
 * @throws Error that names the fault and the remedy
 */
export function defineResource<
  const Name extends string,
  const State extends string,
  Members extends z.ZodObject,
  const Code extends string = never,
>(resource: Resource<Name, State, Members, Code>): Resource<Name, State, Members, Code> {
  const fail = (fault: string) => {
    throw new Error(`resource '${resource.name}': ${fault}`);
  };
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(resource.name)) fail('its name is not kebab case; rename it');
  if (!/^[a-z]{2,4}$/.test(resource.idPrefix))
    fail(`idPrefix '${resource.idPrefix}' is not two to four letters`);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(resource.singular)) {
    fail(`singular '${resource.singular}' is not kebab case; it names the path parameter`);
  }
  if (resource.states.length === 0) fail('it has no state; add one');
  if (new Set(resource.states).size !== resource.states.length) fail('a state is listed twice; remove one');
  for (const state of resource.states) {
    if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(state)) fail(`state '${state}' is not kebab case; rename it`);
  }
  for (const member of Object.keys(resource.members.shape)) {
    if (RESERVED.includes(member)) fail(`member '${member}' is kept by the kit; rename it`);
  }
  for (const [code, row] of Object.entries<ProblemRow>(resource.problems ?? {})) {
    const fault = problemFault(code, row);
    if (fault !== undefined) fail(`problem '${code}' ${fault}`);
  }
  return resource;
}

/** What is wrong with a row of a domain, which is held to what the kit's own rows keep. */
function problemFault(code: string, { status, recovery, retryAfterSeconds }: ProblemRow): string | undefined {
  if (code in kitProblems) return "is in the kit's own table; choose another code";
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(code)) return 'is not kebab case; rename it';
  if (!Number.isInteger(status) || status < 400 || status > 599)
    return `has status ${status}; give one of an error`;
  if (status >= 500 && recovery !== 'retry')
    return `has status ${status}, which is safe to retry; say recovery: 'retry'`;
  if (recovery === 'retry' && retryAfterSeconds === undefined)
    return 'says retry but not when; add retryAfterSeconds';
  if (recovery !== 'retry' && retryAfterSeconds !== undefined)
    return 'says when to retry but not to; remove retryAfterSeconds';
  if (retryAfterSeconds !== undefined && !(Number.isInteger(retryAfterSeconds) && retryAfterSeconds > 0)) {
    return `has retryAfterSeconds ${retryAfterSeconds}; give a whole number`;
  }
  return undefined;
}
