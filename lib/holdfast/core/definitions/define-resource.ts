import type * as z from 'zod';
import { isKebab } from '../kebab-case.ts';
import type { ProblemRow } from '../problems/problems.ts';
import { problems as kitProblems } from '../problems/problems.ts';
import { isMemberName } from '../values/storable.ts';
import {
  isReserved,
  nameFault,
  RESERVED_MEMBERS,
  RESERVED_RESOURCES,
  RESERVED_STATES,
} from './reserved-names.ts';
import type { Extendable, ResourceExtension } from './resource-extension.ts';

/** A resource: what it holds, the states it moves through, and the problems that only it has. */
export interface Resource<
  Name extends string = string,
  State extends string = string,
  Members extends z.ZodObject = z.ZodObject,
  Code extends string = string,
  Internal extends z.ZodObject | undefined = z.ZodObject | undefined,
> extends Extendable {
  /** Plural, in kebab case: the first segment of its routes, the prefix of its scopes and of its partition keys. */
  readonly name: Name;
  /** Singular, for sentences: `payout`. */
  readonly singular: string;
  /** Two to four letters before the underscore of its ids: `po`. */
  readonly idPrefix: string;
  readonly states: readonly State[];
  /**
   * Its public members besides those that the kit keeps. Required ones are set by create. Each is stored as `decide` gives
   * it: a default, a coercion or a transformation has no place here.
   */
  readonly members: Members;
  /**
   * Members that `decide` sees and sets like any other, and nobody else does: they are stored, and are in no answer, no
   * index, no receipt and no history. @default none
   */
  readonly internal?: Internal;
  /** Problems of the domain, by code; an action names those that its rules can meet. */
  readonly problems?: Readonly<Record<Code, ProblemRow>>;
}

/** Every member that `decide` may set, the internal ones included. */
export type MembersOf<R extends Resource> = z.output<R['members']> &
  ([NonNullable<R['internal']>] extends [never] ? unknown : z.output<NonNullable<R['internal']>>);

/** A resource as `decide` sees it. */
export type Snapshot<R extends Resource> = MembersOf<R> & {
  readonly id: string;
  readonly state: R['states'][number];
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
};

/**
 * Checks and returns the definition.
 * @param capabilities what it can do besides, each of a capability: `unique(['sku'])` of `holdfast/unique`. @default nothing
 * @throws Error that names the fault and the remedy
 */
export function defineResource<
  const Name extends string,
  const State extends string,
  Members extends z.ZodObject,
  const Code extends string = never,
  Internal extends z.ZodObject | undefined = undefined,
>(
  resource: Omit<Resource<Name, State, Members, Code, Internal>, 'extensions'>,
  ...capabilities: readonly ((
    resource: NoInfer<Resource<Name, State, Members, Code, Internal>>,
  ) => ResourceExtension)[]
): Resource<Name, State, Members, Code, Internal> {
  if (typeof HOLDFAST_CHECKED === 'undefined' && isReserved(RESERVED_RESOURCES, resource.name)) {
    throw new Error(
      `resource '${resource.name}': its name is kept for the kit's own routes and keys; rename it, and not to ${RESERVED_RESOURCES.join(', ')}`,
    );
  }
  const made = kitResource(resource);
  if (capabilities.length === 0) return made;
  const extensions = capabilities.map((capability) => capability(made));
  const names = extensions.map(({ capability }) => capability);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  // Each keeps what it has under one name on the item: what the one keeps, the other would overwrite.
  if (typeof HOLDFAST_CHECKED === 'undefined' && twice !== undefined)
    throw new Error(`resource '${resource.name}': it has ${twice} twice; say all of it in one ${twice}(…)`);
  return { ...made, extensions };
}

/**
 * The same for a resource of the kit itself, whose name is kept for it.
 * @throws Error that names the fault and the remedy
 */
export function kitResource<
  const Name extends string,
  const State extends string,
  Members extends z.ZodObject,
  const Code extends string = never,
  Internal extends z.ZodObject | undefined = undefined,
>(resource: Resource<Name, State, Members, Code, Internal>): Resource<Name, State, Members, Code, Internal> {
  const fault = typeof HOLDFAST_CHECKED === 'undefined' ? resourceFault(resource) : undefined;
  if (fault !== undefined) throw new Error(`resource '${resource.name}': ${fault}`);
  return resource;
}

/** What is wrong with a definition, and its remedy. */
function resourceFault(resource: Resource): string | undefined {
  const { name, singular, idPrefix, states, problems = {} } = resource;
  const wrong = nameFault(name);
  if (wrong !== undefined) return `its name ${wrong}; rename it`;
  if (!/^[a-z]{2,4}$/.test(idPrefix)) return `idPrefix '${idPrefix}' is not two to four letters`;
  const wrongSingular = nameFault(singular);
  if (wrongSingular !== undefined)
    return `singular '${singular}' ${wrongSingular}; it names the path parameter`;
  if (states.length === 0) return 'it has no state; add one';
  if (new Set(states).size !== states.length) return 'a state is listed twice; remove one';
  const faults = [
    ...states.map(stateFault),
    ...memberFaults(resource),
    ...Object.entries(problems).map(([code, row]) => {
      const fault = problemFault(code, row);
      return fault && `problem '${code}' ${fault}`;
    }),
  ];
  return faults.find((fault) => fault !== undefined);
}

function stateFault(state: string): string | undefined {
  const wrong = nameFault(state);
  if (wrong !== undefined) return `state '${state}' ${wrong}; rename it`;
  return RESERVED_STATES.includes(state)
    ? `state '${state}' is kept for actions that lead to no other state; rename it`
    : undefined;
}

function memberFaults({ members, internal }: Resource): readonly (string | undefined)[] {
  const hidden = Object.keys(internal?.shape ?? {});
  return [...Object.keys(members.shape), ...hidden].map((member) => {
    if (RESERVED_MEMBERS.includes(member)) return `member '${member}' is kept by the kit; rename it`;
    if (member in Object.prototype || !isMemberName(member))
      return `member '${member}' has a name that every object has, or that no member can have; rename it`;
    return hidden.includes(member) && Object.hasOwn(members.shape, member)
      ? `member '${member}' is internal and shown at once; remove one of them`
      : undefined;
  });
}

/** What is wrong with a row of a domain, which is held to what the kit's own rows keep. */
function problemFault(code: string, { status, recovery, retryAfterSeconds }: ProblemRow): string | undefined {
  if (Object.hasOwn(kitProblems, code)) return "is in the kit's own table; choose another code";
  if (!isKebab(code)) return 'is not kebab case; rename it';
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
