import type * as z from 'zod';
import {
  type Action,
  type Changes,
  type CodeOf,
  type DecideContext,
  extendedAction,
  type Rejection,
  type TransitionAction,
} from '../../core/definitions/define-action.ts';
import type { MembersOf, Resource } from '../../core/definitions/define-resource.ts';
import { constraintsOf } from '../../core/definitions/resource-extension.ts';
import type { Extension } from '../../core/writes/extension.ts';
import { extend } from './extend.ts';
import { relatedProblems } from './problems.ts';
import type { Side } from './side.ts';
import { type GivenOf, type Kinds, type Sides, type Standing, sidesOf, type TakenOf } from './sides.ts';

/** An action that decides on other resources as well. */
export interface ActionWith<
  R extends Resource,
  I extends z.ZodObject,
  Code extends string,
  S extends Sides,
  From extends R['states'][number],
> extends Omit<TransitionAction<R, I, Code>, 'decide' | 'from'> {
  /** The states in which the action is allowed. @default it makes a resource, all of whose members are its `changes` */
  readonly from?: readonly From[];
  /**
   * The other resources, each under the name that `decide` is given it by. Each that was read still stands as it was read
   * when the decision is stored, or the decision is made anew.
   */
  readonly with: (kinds: Kinds<R, I, From>) => S;
  /** Decides on all of them: what it decides of its own resource is `changes`, and of others it is under their names. */
  decide(
    context: DecideContext<I, Code> & Standing<R, From> & GivenOf<S>,
  ):
    | ({ readonly changes: [From] extends [never] ? MembersOf<R> : Changes<R> } & TakenOf<S>)
    | Rejection<Code>;
}

/**
 * Checks and returns the definition of an action that decides on several resources, and changes them in one write.
 * @throws Error that names the fault and the remedy
 */
export function defineActionWith<
  R extends Resource,
  I extends z.ZodObject,
  S extends Sides,
  const Code extends CodeOf<R> = never,
  const From extends R['states'][number] = never,
>(action: ActionWith<R, I, Code, S, From>): Action {
  const sides = sidesOf(action.with);
  if (typeof HOLDFAST_CHECKED === 'undefined') checkSides(action, sides);
  const extension: Extension = {
    problems: relatedProblems,
    touches: Object.entries(sides).map(([name, { resource, writes, sets, from, to }]) => ({
      name,
      resource,
      writes,
      sets,
      states: [...(from ?? []), ...(to === 'same' ? [] : [to])],
    })),
    extend: (reading) => extend(sides, reading),
  };
  return extendedAction({ ...action, with: extension });
}

/** What an action of a transaction leaves: its own item, and an operation. */
const OWN_WRITES = 2;

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html */
const MAX_WRITES = 100;

/** Members that `decide` is given anyway, or gives. */
const KEPT = ['current', 'input', 'actor', 'now', 'reject', 'changes'];

function checkSides(
  { name: action, resource }: { readonly name: string; readonly resource: Resource },
  sides: Readonly<Record<string, Side>>,
): void {
  const fail = (fault: string) => {
    throw new Error(`action '${action}' of '${resource.name}': ${fault}`);
  };
  for (const [name, side] of Object.entries(sides)) {
    const fault = sideFault(name, side);
    if (fault !== undefined) fail(fault);
  }
  const own = OWN_WRITES + ruleWrites(resource);
  const written = Object.values(sides).reduce((sum, side) => sum + side.max * writesOf(side), own);
  if (written > MAX_WRITES)
    fail(
      `a decision may write ${written} items: the max of each side${hasRules(sides) ? ' with what its rules keep' : ''}, and ${own} of the action itself; a transaction takes ${MAX_WRITES}, lower a max`,
    );
}

/** Items that one resource of a side is at most: itself, and what is kept with the members that are set. */
const writesOf = ({ resource, sets }: Side): number => 1 + ruleWrites(resource, sets);

/** @param sets members that change. @default any */
const ruleWrites = (resource: Resource, sets?: readonly string[]): number =>
  constraintsOf(resource)
    .filter(({ members }) => sets === undefined || members.some((name) => sets.includes(name)))
    .reduce((sum, { writes }) => sum + writes, 0);

const hasRules = (sides: Readonly<Record<string, Side>>): boolean =>
  Object.values(sides).some((side) => writesOf(side) > 1);

/** What is wrong with a side, and its remedy. */
function sideFault(name: string, { resource, from, to, sets, max, single }: Side): string | undefined {
  const states = [...resource.states, 'same'];
  const stranger = from?.find((state) => !resource.states.includes(state));
  const unknown = sets.find(
    (member) => !Object.hasOwn({ ...resource.members.shape, ...resource.internal?.shape }, member),
  );
  if (from?.length === 0) return `from of '${name}' is empty; name a state, or leave from out`;
  if (KEPT.includes(name)) return `'${name}' is what decide is given anyway; call the side something else`;
  if (stranger !== undefined)
    return `'${name}' names the unknown state '${stranger}' of ${resource.name}; choose from ${resource.states.join(', ')}`;
  if (!states.includes(to))
    return `'${name}' leads to the unknown state '${to}' of ${resource.name}; choose from ${states.join(', ')}`;
  if (unknown !== undefined)
    return `'${name}' sets '${unknown}', which is no member of ${resource.name}; name one`;
  if (!Number.isInteger(max) || max < 1)
    return `max of '${name}' is ${max}; give a whole number, so that all fit into one transaction`;
  return single && max !== 1 ? `'${name}' has an id and a max; give ids, or leave max out` : undefined;
}

/** What becomes of each of several, by its id: `each(stock, (product) => ({ available: product.available - 1 }))`. */
export const each = <T extends { readonly id: string }, C>(
  items: readonly T[],
  change: (item: T) => C,
): Readonly<Record<string, C>> => Object.fromEntries(items.map((item) => [item.id, change(item)]));
