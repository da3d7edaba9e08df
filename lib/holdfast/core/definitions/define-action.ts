import type * as z from 'zod';
import type { ActionExtension } from './action-extension.ts';
import type { Operation } from './define-operation.ts';
import type { MembersOf, Resource, Snapshot } from './define-resource.ts';
import { isReserved, KEPT_ACTIONS, nameFault, RESERVED_INPUTS, SAME } from './reserved-names.ts';

/** Who asks: the subject of a verified token. */
export interface Actor {
  readonly id: string;
  readonly tenant: string;
}

/** The same for every copy of the kit in a process: a refusal that another copy made is never taken for changes. */
const REJECTION = Symbol.for('holdfast.rejection');

/** What `reject` gives: the refusal of one rule, with a problem that the action declared. */
export interface Rejection<Code extends string = string> {
  readonly [REJECTION]: true;
  readonly code: Code;
  readonly detail: string | undefined;
}

/** Whether a decision is a refusal. */
export const isRejection = (decision: object): decision is Rejection => REJECTION in decision;

/** The `reject` that a `decide` is handed. */
export const reject = <Code extends string>(code: Code, detail?: string): Rejection<Code> => ({
  [REJECTION]: true,
  code,
  detail,
});

type Optional<T> = { [K in keyof T]-?: undefined extends T[K] ? K : never }[keyof T];

/** The members that an action changes: a value sets, `null` removes an optional one, absence leaves alone. */
export type Changes<R extends Resource> = {
  readonly [K in keyof MembersOf<R>]?: K extends Optional<MembersOf<R>>
    ? MembersOf<R>[K] | null
    : MembersOf<R>[K];
};

/** What every `decide` is given. It does no I/O and reads no clock: the same context, the same decision. */
export interface DecideContext<I extends z.ZodObject, Code extends string> {
  readonly input: z.output<I>;
  readonly actor: Actor;
  /** RFC 3339, UTC: the time of this request. */
  readonly now: string;
  readonly reject: (code: Code, detail?: string) => Rejection<Code>;
}

interface ActionBase<R extends Resource, I extends z.ZodObject, Code extends string> {
  readonly resource: R;
  /** In kebab case; the file is named like it. `POST /{resource}/{id}/{name}`; create: `POST /{resource}`. */
  readonly name: string;
  /** One sentence for the documentation. */
  readonly summary: string;
  /** `{resource}:{action}`; a token with `{resource}:*` has it too. */
  readonly scope: `${R['name']}:${string}`;
  /**
   * What the body may hold; unknown members are refused. Objects inside it are `z.strictObject`, strings are `text()`. Each
   * member can be read again once it is accepted, on the resource or on its operation, unless it is `transient`.
   */
  readonly input: I;
  /**
   * Members of the input that are used to decide and kept nowhere, as a one-time code. The `describe()` of each says why.
   * @default none
   */
  readonly transient?: readonly (keyof z.output<I> & string)[];
  /** The domain's problems that `decide` may reject with. @default none */
  readonly problems?: readonly Code[];
}

/** An action that makes a resource: it has no `from`, and its decision is the new resource's members. */
export interface CreateAction<R extends Resource, I extends z.ZodObject, Code extends string>
  extends ActionBase<R, I, Code> {
  readonly from?: never;
  readonly operation?: never;
  /** The state in which the resource begins. */
  readonly to: R['states'][number];
  decide(context: DecideContext<I, Code>): MembersOf<R> | Rejection<Code>;
}

/** An action that leads to a state, by an operation or at once. */
interface Leading<R extends Resource> {
  /** The state that the action leads to. */
  readonly to: R['states'][number];
  /** Starts this operation, and answers 202: it is accepted, and not done. @default the action is done when it answers */
  readonly operation?: Operation<R>;
}

/** An action that leaves the state as it is. One that starts an operation cannot: that holds the resource in a state of its own. */
interface Staying {
  /** From each of several states, back to the same one; it makes a version as every action does. */
  readonly to: typeof SAME;
  readonly operation?: never;
}

/** An action on a resource that exists. */
export type TransitionAction<R extends Resource, I extends z.ZodObject, Code extends string> = TransitionBase<
  R,
  I,
  Code
> &
  (Leading<R> | Staying);

interface TransitionBase<R extends Resource, I extends z.ZodObject, Code extends string>
  extends ActionBase<R, I, Code> {
  /** The states in which the action is allowed. */
  readonly from: readonly R['states'][number][];
  /** Accept `If-Match: *`, for an action that is right whatever was seen. @default false */
  readonly anyVersion?: boolean;
  decide(context: DecideContext<I, Code> & { readonly current: Snapshot<R> }): Changes<R> | Rejection<Code>;
}

/** Any action, as the kit runs it. Both kinds of `decide` answer with members, or with a {@link Rejection}. */
export interface Action {
  readonly resource: Resource;
  readonly name: string;
  readonly summary: string;
  readonly scope: string;
  readonly from?: readonly string[];
  /** A state, or `same`: {@link stateAfter} tells where it leads. */
  readonly to: string;
  readonly input: z.ZodObject;
  readonly transient?: readonly string[];
  readonly problems: readonly string[];
  readonly anyVersion: boolean;
  /** Asks for no `If-Match`: it is right whatever was seen. Actions on operations alone are. */
  readonly versionless: boolean;
  /** The state that internal members say it leads to. @default `to` */
  readonly leadsTo?: (hidden: Readonly<Record<string, unknown>>) => string | undefined;
  readonly operation?: Operation;
  /** @default it decides on its own resource alone */
  readonly with?: ActionExtension;
  /** Members of the input that its event in the history holds; of the kit's own actions alone. @default none */
  readonly tells?: (input: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
  readonly decide: (context: {
    readonly current: Snapshot<Resource> | undefined;
    readonly input: Record<string, unknown>;
    readonly actor: Actor;
    readonly now: string;
    readonly reject: typeof reject;
  }) => Readonly<Record<string, unknown>> | Rejection;
}

/** The state that an action leads to from this one. @param before undefined for a create */
export const stateAfter = ({ to }: Pick<Action, 'to'>, before: string | undefined): string =>
  to === SAME ? (before ?? to) : to;

export type CodeOf<R extends Resource> = keyof NonNullable<R['problems']> & string;

/**
 * Checks and returns the definition. Route, function, role, validation, idempotency, concurrency, problems and local
 * route follow from it; nothing else lists the action.
 * @throws Error that names the fault and the remedy
 */
export function defineAction<R extends Resource, I extends z.ZodObject, const Code extends CodeOf<R> = never>(
  action: CreateAction<R, I, Code>,
): Action;
export function defineAction<R extends Resource, I extends z.ZodObject, const Code extends CodeOf<R> = never>(
  action: TransitionAction<R, I, Code>,
): Action;
export function defineAction(
  action: CreateAction<Resource, z.ZodObject, string> | TransitionAction<Resource, z.ZodObject, string>,
): Action {
  return extendedAction(action);
}

/** Any definition of an action, whatever its `decide` is given and gives. */
type Definition = Omit<
  CreateAction<Resource, z.ZodObject, string> | TransitionAction<Resource, z.ZodObject, string>,
  'decide'
> &
  Pick<Partial<Action>, 'from'> & {
    readonly decide: (context: never) => object;
    readonly with?: ActionExtension;
  };

/**
 * The same for an action that a capability extends.
 * @throws Error that names the fault and the remedy
 */
export function extendedAction(action: Definition): Action {
  if (typeof HOLDFAST_CHECKED === 'undefined') checkAction(action);
  return {
    anyVersion: false,
    versionless: false,
    ...action,
    problems: action.problems ?? [],
    input: action.input.strict(),
    decide: action.decide as unknown as Action['decide'],
  };
}

function checkAction(action: Definition): void {
  const { resource, name } = action;
  const fault = actionFault(action) ?? (action.operation && operationFault(action, action.operation));
  if (fault !== undefined) throw new Error(`action '${name}' of '${resource.name}': ${fault}`);
}

/** What is wrong with a definition, and its remedy. */
function actionFault({
  resource,
  name,
  from,
  to,
  scope,
  input,
  operation,
  transient = [],
  problems = [],
}: Pick<Action, 'resource' | 'name' | 'from' | 'to' | 'scope' | 'input' | 'transient'> & {
  readonly operation?: object;
  readonly problems?: readonly string[];
}) {
  const isState = (state: string) => resource.states.includes(state);
  const choose = `; choose from ${resource.states.join(', ')}`;
  const unknownState = (member: string, state: string) =>
    `${member} names the unknown state '${state}'${choose}`;
  const stranger = from?.find((state) => !isState(state));
  const undeclared = problems.find((code) => !Object.hasOwn(resource.problems ?? {}, code));
  const members = Object.keys(input.shape);
  const reserved = members.find((member) => RESERVED_INPUTS.includes(member));
  const unknown = transient.find((member) => !members.includes(member));
  const unexplained = transient.find(
    (member) => (input.shape[member] as z.ZodType)?.description === undefined,
  );
  const wrongName = nameFault(name);
  if (wrongName !== undefined) return `its name ${wrongName}; rename it and its file`;
  if (isReserved(KEPT_ACTIONS, name))
    return 'its name is kept for an action of the kit; rename it and its file';
  if (reserved !== undefined) return `input member '${reserved}' is kept by the kit; rename it`;
  if (unknown !== undefined)
    return `transient names '${unknown}', which is not a member of its input; name one`;
  if (unexplained !== undefined)
    return `transient member '${unexplained}' is kept nowhere; say why in its .describe()`;
  if (from?.length === 0) return 'from is empty; name a state, or leave from out to make it a create';
  if (stranger !== undefined) return unknownState('from', stranger);
  if (to === SAME && (!from || operation))
    return `to is '${to}', which needs a from and no operation${choose}`;
  if (to !== SAME && !isState(to)) return unknownState('to', to);
  if (scope !== `${resource.name}:${name}`) return `scope is '${scope}'; write '${resource.name}:${name}'`;
  return undeclared === undefined
    ? undefined
    : `problem '${undeclared}' is not declared; add it to problems of resource '${resource.name}'`;
}

/** What is wrong with the operation that an action starts. */
const operationFault = (
  action: Pick<Action, 'resource' | 'name' | 'to'> & { readonly from?: readonly string[] },
  operation: Operation,
) => {
  if (action.from === undefined)
    return 'it makes a resource, and an operation works on one that is there; add a from, or leave operation out';
  return operation.resource === action.resource
    ? heldFault({ ...action, operation }, { ...action, operation })
    : `operation '${operation.name}' is of resource '${operation.resource.name}'; use one of its own`;
};

/** An action that starts an operation: `to` is the state in which that holds the resource until its own end. */
interface Holding {
  readonly name: string;
  readonly to: string;
  readonly operation: Pick<Operation, 'name' | 'onSucceeded' | 'onFailed' | 'onCancelled'>;
}

const ENDS = ['onSucceeded', 'onFailed', 'onCancelled'] as const;

/**
 * What an action has to do with a state that an operation holds, which it must not: only the operation's end leads out of
 * it, and only what starts an operation leads into it.
 * @param holding an action that starts an operation on the same resource; the action itself, too
 */
export function heldFault(
  { name, to, operation }: Holding,
  action: Pick<Action, 'name' | 'to'> & {
    readonly from?: readonly string[];
    readonly operation?: Holding['operation'];
  },
): string | undefined {
  const until = `operation '${operation.name}' of action '${name}' holds '${to}' until its own end`;
  if (action.from?.includes(to))
    return `from names '${to}', and ${until}; take it out of from, and let the action begin where an end leads`;
  if (action.operation === undefined)
    return action.to === to ? `to is '${to}', and ${until}; lead to a state that none holds` : undefined;
  const end = ENDS.find((each) => action.operation?.[each] === to);
  return end === undefined
    ? undefined
    : `${end} of operation '${action.operation.name}' is '${to}', and ${until}; end in a state that none holds`;
}
