import { type Action, stateAfter } from '../../core/definitions/define-action.ts';
import type { Operation } from '../../core/definitions/define-operation.ts';
import type { RegisteredResource } from '../../service/registry.ts';

/** How an operation ends. */
const ENDS = { succeeded: 'onSucceeded', failed: 'onFailed', cancelled: 'onCancelled' } as const;

type End = keyof typeof ENDS;

/** One move of a resource. */
export interface Step {
  /** @default it makes the resource */
  readonly from?: string;
  readonly action: Action;
  /** How the operation ends that the action starts. @default it starts none */
  readonly end?: End;
  readonly to: string;
}

/** Every move that a resource can make; the states that an operation holds are passed, and no step ends there. */
const stepsOf = (actions: readonly Action[]): readonly Step[] =>
  actions.flatMap((action) => {
    const { from = [undefined], to, operation } = action;
    const ends = (state: string | undefined): readonly Pick<Step, 'end' | 'to'>[] =>
      operation === undefined
        ? [{ to: stateAfter({ to }, state) }]
        : (['succeeded', 'failed', 'cancelled'] as const).map((end) => ({ end, to: operation[ENDS[end]] }));
    return from.flatMap((state) =>
      ends(state).map((end) => ({ ...(state !== undefined && { from: state }), action, ...end })),
    );
  });

/** Only a partner that refuses brings an operation to its failed end, and only a person who is quick enough to a third. */
const isCertain = ({ end = 'succeeded', action: { operation } }: Step, partnersRefuse: boolean): boolean =>
  end === 'succeeded' ||
  (end === 'failed' && partnersRefuse && operation !== undefined && refusingPartners(operation).length > 0);

/** Names of the partners of an operation that have a word for a refusal. */
export const refusingPartners = ({ steps }: Operation): readonly string[] => [
  ...new Set(
    steps.flatMap(({ partner: { name, answers } }) =>
      Object.keys(answers.rejects ?? {}).length === 0 ? [] : [name],
    ),
  ),
];

/** A state that nothing leads to. */
interface Stranded {
  /** Names of the actions that could only begin there. */
  readonly permits: readonly string[];
  /** In words. */
  readonly told: string;
}

/** Actions that lead a resource back to where it was. */
export interface Round {
  /** The state in which it begins, and ends. */
  readonly at: string;
  readonly actions: readonly Action[];
}

/** Where a resource can go, and how. */
export class Ways {
  readonly actions: readonly Action[];
  readonly #states: readonly string[];
  readonly #name: string;
  readonly #certain: ReadonlyMap<string, readonly Step[]>;
  readonly #possible: ReadonlyMap<string, readonly Step[]>;

  /** @param partnersRefuse partners are simulated, and refuse when they are told to */
  constructor(
    { definition, actions }: Pick<RegisteredResource, 'definition' | 'actions'>,
    partnersRefuse: boolean,
  ) {
    this.actions = actions.map((action) => action.definition);
    this.#states = definition.states;
    this.#name = definition.name;
    const steps = stepsOf(this.actions);
    this.#certain = shortest(steps.filter((step) => isCertain(step, partnersRefuse)));
    this.#possible = shortest(steps);
  }

  /** The shortest way to a state that can be gone at will; undefined where there is none. */
  to(state: string): readonly Step[] | undefined {
    return this.#certain.get(state);
  }

  /** States in which a resource can be brought to stand, in the order of its definition. */
  get standing(): readonly string[] {
    return this.#states.filter((state) => this.#certain.has(state));
  }

  /** The same states, those that take the fewest steps first. */
  get nearest(): readonly string[] {
    const steps = (state: string) => this.#certain.get(state)?.length ?? 0;
    return this.standing.toSorted((a, b) => steps(a) - steps(b));
  }

  /** Rounds of actions that are done at once, by each action that begins one, the shortest first. */
  get rounds(): readonly Round[] {
    const atOnce = stepsOf(this.actions).filter(({ end }) => end === undefined);
    const onward = atOnce.filter(({ from }) => from !== undefined);
    return this.standing
      .flatMap((at) =>
        onward
          .filter(({ from }) => from === at)
          .flatMap((first) => {
            const back = shortest(onward, first.to).get(at);
            return back === undefined ? [] : [{ at, actions: [first, ...back].map(({ action }) => action) }];
          }),
      )
      .sort((a, b) => a.actions.length - b.actions.length);
  }

  /** States that nothing leads to, by what is said of each. */
  get stranded(): readonly Stranded[] {
    const held = this.actions.flatMap(({ operation, to }) => (operation === undefined ? [] : [to]));
    const reached = this.#states.filter((state) => this.#possible.has(state)).join(', ') || 'none';
    return this.#states
      .filter((state) => !this.#possible.has(state) && !held.includes(state))
      .map((state) => {
        const permits = this.actions.filter(({ from }) => from?.includes(state)).map(({ name }) => name);
        const waiting = permits.length === 0 ? '' : `, so ${permits.join(', ')} can never begin there`;
        return {
          permits,
          told:
            `no action and no end of an operation leads ${this.#name} to '${state}'${waiting}; ` +
            `the states that are reached are ${reached}: lead one of them there, or remove '${state}'`,
        };
      });
  }
}

/** The shortest way to each state, from the beginning or from a state. */
function shortest(steps: readonly Step[], begin?: string): ReadonlyMap<string, readonly Step[]> {
  const ways = new Map<string, readonly Step[]>();
  let edge: (string | undefined)[] = [begin];
  if (begin !== undefined) ways.set(begin, []);
  while (edge.length > 0) {
    const next = edge.flatMap((at) => steps.filter(({ from }) => from === at).map((step) => ({ at, step })));
    edge = [];
    for (const { at, step } of next) {
      if (ways.has(step.to)) continue;
      ways.set(step.to, [...(at === undefined ? [] : (ways.get(at) ?? [])), step]);
      edge.push(step.to);
    }
  }
  return ways;
}
