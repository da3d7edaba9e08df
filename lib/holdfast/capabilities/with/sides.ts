import type * as z from 'zod';
import type { Actor, Changes } from '../../core/definitions/define-action.ts';
import type { MembersOf, Resource, Snapshot } from '../../core/definitions/define-resource.ts';
import type { Side } from './side.ts';

/** The action's own resource as it stands; what makes one begins in no state, and has none yet. */
export type Standing<R extends Resource, From> = [From] extends [never]
  ? unknown
  : { readonly current: Snapshot<R> };

/** What ids are chosen from: the action's own resource, and who asks what. */
type Chooser<R extends Resource, Input, From> = Standing<R, From> & {
  readonly input: Input;
  readonly actor: Actor;
};

/** The same, typed: what `decide` is given of it, and what it may give back. */
interface TypedSide<Given, Taken> extends Side {
  /** Of types alone: nothing is there. */
  readonly '~types'?: { readonly given: Given; readonly taken: Taken };
}

export type Sides = Readonly<Record<string, TypedSide<unknown, unknown>>>;

export type GivenOf<S extends Sides> = {
  readonly [K in keyof S]: S[K] extends TypedSide<infer Given, unknown> ? Given : never;
};

export type TakenOf<S extends Sides> = {
  readonly [K in keyof S]?: S[K] extends TypedSide<unknown, infer Taken> ? Taken : never;
};

/** Which one: its id. */
interface One<C> {
  readonly id: (on: C) => string;
}

/** Which one, if any. */
interface Perhaps<C> {
  readonly id: (on: C) => string | undefined;
  /** Whether or not it exists, the decision is made: `decide` is given undefined where it does not. */
  readonly optional: true;
}

/** Which ones. The same id twice is one; `decide` is given them in this order. */
interface Many<C> {
  readonly ids: (on: C) => readonly string[];
  /** At most so many, so that all fit into one transaction. */
  readonly max: number;
}

interface Reading<P extends Resource> {
  /** States that it has to be in, or the action is refused as `related-state`. @default any */
  readonly from?: readonly P['states'][number][];
}

interface Writing<P extends Resource, Member extends keyof MembersOf<P>> {
  /** States that it has to be in, or the action is refused as `related-state`; none that an operation holds. */
  readonly from: readonly P['states'][number][];
  /** The state that a change leads to. */
  readonly to: P['states'][number] | 'same';
  /** Members that `decide` may change. */
  readonly sets: readonly Member[];
}

/** What may be changed of a side. */
type Set<P extends Resource, Member extends keyof MembersOf<P>> = Pick<Changes<P>, Member>;

/** Resources that are read: the decision is made only if they still are as they were read. */
interface Reads<C> {
  <P extends Resource>(resource: P, which: Many<C> & Reading<P>): TypedSide<readonly Snapshot<P>[], never>;
  <P extends Resource>(
    resource: P,
    which: Perhaps<C> & Reading<P>,
  ): TypedSide<Snapshot<P> | undefined, never>;
  <P extends Resource>(resource: P, which: One<C> & Reading<P>): TypedSide<Snapshot<P>, never>;
}

/** Resources that are changed with the action's own, or not at all. One that `decide` leaves alone is only read. */
interface Writes<C> {
  <P extends Resource, const Member extends keyof MembersOf<P>>(
    resource: P,
    which: Many<C> & Writing<P, Member>,
  ): TypedSide<readonly Snapshot<P>[], Readonly<Record<string, Set<P, Member>>>>;
  <P extends Resource, const Member extends keyof MembersOf<P>>(
    resource: P,
    which: One<C> & Writing<P, Member>,
  ): TypedSide<Snapshot<P>, Set<P, Member>>;
}

/** The two kinds of sides of an action. */
export interface Kinds<R extends Resource, I extends z.ZodObject, From = R['states'][number]> {
  readonly reads: Reads<Chooser<R, z.output<I>, From>>;
  readonly writes: Writes<Chooser<R, z.output<I>, From>>;
}

/** Which ones, as any of the three ways says it. */
interface Which<C> {
  readonly id?: (on: C) => string | undefined;
  readonly ids?: (on: C) => readonly string[];
  readonly max?: number;
  readonly optional?: boolean;
  readonly from?: readonly string[];
  readonly to?: string;
  readonly sets?: readonly PropertyKey[];
}

function sideOf<C>(resource: Resource, writes: boolean, which: Which<C>): Side {
  const { id, ids, max = 1, optional = false, from, to = 'same', sets = [] } = which;
  const one = (on: C) => {
    const chosen = id?.(on);
    return chosen === undefined ? [] : [chosen];
  };
  return {
    resource,
    writes,
    ...(from && { from }),
    to,
    sets: sets.map(String),
    max,
    single: ids === undefined,
    optional,
    ids: ids ?? one,
  };
}

/** The sides that an action names, by their names. */
export const sidesOf = <R extends Resource, I extends z.ZodObject, From, S extends Sides>(
  of: (kinds: Kinds<R, I, From>) => S,
): S =>
  of({
    reads: (resource: Resource, which: Which<Chooser<R, z.output<I>, From>>) =>
      sideOf(resource, false, which),
    writes: (resource: Resource, which: Which<Chooser<R, z.output<I>, From>>) =>
      sideOf(resource, true, which),
  });
