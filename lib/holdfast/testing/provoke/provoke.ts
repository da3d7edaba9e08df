import type { Action } from '../../core/definitions/define-action.ts';
import { OPERATION_STATES, WAITING_REASONS } from '../../core/operations/operation-progress.ts';
import { problemsBeside } from '../../core/operations/problem-rows.ts';
import { problemsOf } from '../../service/registry.ts';
import { nameOf } from '../examples.ts';
import type { Answer } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';
import type { Asked } from './asked.ts';
import type { LocalControl } from './local-control.ts';
import { isWaiting, OPERATION_PROBLEMS, type OperationWay, STATES, waitingWay } from './operation-ways.ts';
import { isStarting, Operations } from './operations.ts';
import { liveGround, paperGround, REFUSALS, type Refusal, replay } from './refusals.ts';
import { refusedByRule, toldOfRule, unsureOfRule } from './rules.ts';
import { refusedToSecond, toldOfSecond, unsureOfSecond } from './second.ts';
import { askedUnfinished, lacksList, paperUnfinished, toldOfUnfinished } from './unfinished.ts';

/** Where something is provoked, and whose it is. */
export interface Stage {
  readonly scene: Scene;
  readonly control: LocalControl;
  readonly tenant: string;
}

/** An answer that a client has to handle, and how it is provoked. */
export interface Provocable {
  /** `version-mismatch`, `waiting:breaker`, `operation:failed`, `replay` */
  readonly name: string;
  /** Actions on which it can be, the first that will do first. */
  readonly actions: readonly Action[];
  /** Why there is none. */
  readonly why: string;
  /** Why it is not answered by this action; undefined where it is. */
  readonly whyNot: (action: Action) => string | undefined;
  readonly isIt: (answer: Answer) => boolean;
  /** Requests of which one is answered so, once all that goes before it is done. */
  readonly asks: (stage: Stage, action: Action) => AsyncGenerator<Asked>;
  /** The request as it would look, where ids are names of variables. */
  readonly shown: (scene: Scene, action: Action) => Promise<Asked>;
  /** On what it hangs whether it comes about, where nobody can know. @default it does */
  readonly unsure?: (action: Action) => string | undefined;
  /** What helps where it did not come about. */
  readonly remedy?: (action: Action) => string;
}

/** Actions that can be performed, those that make something first, and then those that are soonest permitted. */
function actionsOf(scene: Scene): readonly Action[] {
  return scene.registry.resources.flatMap(({ definition, actions }) => {
    const { nearest } = scene.waysOf(definition);
    const distance = ({ from }: Action) =>
      from === undefined ? -1 : nearest.findIndex((state) => from.includes(state));
    return actions
      .map((action) => action.definition)
      .filter((action) => action.from === undefined || distance(action) >= 0)
      .toSorted((a, b) => distance(a) - distance(b));
  });
}

const hasCode = (code: string) => (answer: Answer) => answer.json.code === code;

function byRefusal(
  scene: Scene,
  name: string,
  refusal: Refusal | string,
  isIt: Provocable['isIt'],
): Provocable {
  const all = actionsOf(scene);
  const never = (action: Action) =>
    typeof refusal === 'string' ? refusal : refusal.never?.(action, scene.waysOf(action.resource));
  const asks: Refusal['asks'] = (ground) => {
    if (typeof refusal === 'string') throw new Error(refusal);
    return refusal.asks(ground);
  };
  return {
    name,
    actions: all.filter((action) => never(action) === undefined),
    why: all.map(never).find((why) => why !== undefined) ?? 'there is no action',
    whyNot: never,
    isIt,
    async *asks({ scene: on, tenant }, action) {
      yield await asks(liveGround(on, action, tenant));
    },
    shown: (on, action) => asks(paperGround(on, action)),
  };
}

function byOperation(
  scene: Scene,
  name: string,
  { lacks = () => undefined, asks }: OperationWay,
  isIt: Provocable['isIt'],
): Provocable {
  const starting = actionsOf(scene).filter(isStarting);
  const lacking = starting.map(({ operation }) => lacks(operation)).find((each) => each !== undefined);
  return {
    name,
    actions: starting.filter(({ operation }) => lacks(operation) === undefined),
    why: lacking === undefined ? 'no action starts an operation' : `no partner of an operation ${lacking}`,
    whyNot(action) {
      if (!isStarting(action)) return `${action.name} starts no operation`;
      const needed = lacks(action.operation);
      return needed === undefined ? undefined : `no partner of ${action.operation.name} ${needed}`;
    },
    isIt,
    async *asks(stage, action) {
      if (isStarting(action)) yield* asks(new Operations(stage.scene, stage.control, action, stage.tenant));
    },
    shown: async () => ({ method: 'GET', path: '/operations/$OPERATION', sent: {} }),
  };
}

/** Whether a rule of an action may refuse it with this code, or a resource that it decides on besides. */
const declares = (action: Action, code: string): boolean =>
  action.problems.includes(code) || Object.hasOwn(problemsBeside(action), code);

/** By a rule of its own, which a definition declares and nobody can read. */
const byRule = (scene: Scene, code: string): Provocable => ({
  name: code,
  actions: actionsOf(scene).filter((action) => declares(action, code)),
  why: 'no action declares it',
  whyNot: (action) => (declares(action, code) ? undefined : `${action.name} does not declare it`),
  isIt: hasCode(code),
  asks: ({ scene: on, tenant }, action) => refusedByRule(on, action, code, tenant),
  shown: async (on, action) => {
    const { input, by } = on.exampleOf(action).refused?.[code] ?? {};
    const ground = paperGround(on, action);
    return ground.ask(await ground.on(), {
      ...(input && { body: on.paperInputOf(input) }),
      ...(by !== undefined && { from: { subject: by } }),
    });
  },
  unsure: (action) => unsureOfRule(scene, action, code),
  remedy: (action) => toldOfRule(scene, action, code),
});

/** By asking the same of two resources: what the first has, the second cannot have as well. */
const bySecond = (scene: Scene, code: string): Provocable => ({
  ...byRule(scene, code),
  asks: ({ scene: on, tenant }, action) => refusedToSecond(on, action, tenant),
  shown: async (on, action) => {
    const ground = paperGround(on, action);
    return ground.ask(await ground.on(), {});
  },
  unsure: unsureOfSecond,
  remedy: toldOfSecond,
});

/** By asking for a list before it is known to be complete. */
const byUnfinished = (scene: Scene, code: string): Provocable => ({
  name: code,
  actions: actionsOf(scene).filter((action) => lacksList(action) === undefined),
  why: 'no resource has a list by members',
  whyNot: lacksList,
  isIt: hasCode(code),
  asks: askedUnfinished,
  shown: async (_, action) => paperUnfinished(action),
  remedy: toldOfUnfinished,
});

/** Everything that a client of the service has to handle, in the order of its tables. */
export function provocables(scene: Scene): readonly Provocable[] {
  const rows = problemsOf(scene.registry);
  const refusals: Readonly<Record<string, Refusal | string>> = REFUSALS;
  return [
    byRefusal(scene, 'replay', replay, ({ replayed }) => replayed),
    ...[...rows].map(([code, { refusesSecond, refusesUnfinished }]) => {
      if (refusesSecond) return bySecond(scene, code);
      if (refusesUnfinished) return byUnfinished(scene, code);
      const [refusal, way] = [refusals[code], OPERATION_PROBLEMS[code]];
      if (refusal !== undefined) return byRefusal(scene, code, refusal, hasCode(code));
      return way === undefined ? byRule(scene, code) : byOperation(scene, code, way, hasCode(code));
    }),
    ...WAITING_REASONS.map((reason) =>
      byOperation(scene, `waiting:${reason}`, waitingWay(reason), (answer) => isWaiting(answer, reason)),
    ),
    ...OPERATION_STATES.map((state) =>
      byOperation(scene, `operation:${state}`, STATES[state], ({ json }) => json.state === state),
    ),
  ];
}

/**
 * Brings about what a name says.
 * @returns the request, and what it was answered
 * @throws Error with the last answer, where it did not come about
 */
export async function provoke(
  stage: Stage,
  { name, isIt, asks, remedy }: Provocable,
  action: Action,
): Promise<{ readonly asked: Asked; readonly answer: Answer }> {
  let last: Answer | undefined;
  for await (const asked of asks(stage, action)) {
    // Once: that it is to be sent again may be what is provoked.
    const answer = await stage.scene.once(asked.method, asked.path, asked.sent);
    if (isIt(answer)) return { asked, answer };
    last = answer;
  }
  const why = remedy?.(action) ?? 'is it the service of this folder that runs there?';
  throw new Error(
    `${name} did not come about on ${nameOf(action)}, which was answered ${last?.status} ${last?.text}; ${why}`,
  );
}
