import * as z from 'zod';
import type { Changes } from '../../core/definitions/define-action.ts';
import { defineOperation, type Operation, type Step } from '../../core/definitions/define-operation.ts';
import type { Resource, Snapshot } from '../../core/definitions/define-resource.ts';
import { carrying, type Known } from './carrying.ts';
import { checkResults, type ResultStep } from './check-results.ts';
import { givenOf, type ResultSchema, type Schemas } from './kept-results.ts';

type Values = Readonly<Record<string, unknown>>;

/** What an operation is about, before its steps. */
interface Beginning<R extends Resource> extends Pick<Operation<R>, 'name' | 'resource' | 'deadlineSeconds'> {}

/** The result of one step, as later steps are given it; a step without a schema gives them nothing. */
type OwnResult<Name extends string, S extends ResultSchema> = [S] extends [never]
  ? object
  : { readonly [K in Name]: z.output<S> };

/** A step, which is given the results of those before it. */
interface StepWithResults<R extends Resource, Before, Name extends string, S extends ResultSchema>
  extends Omit<Step<R>, 'input'> {
  readonly name: Name;
  /** What is kept of what the partner tells: `succeeded` of its `answers` picks it. @default nothing of it is given on */
  readonly result?: S;
  /** Clients see the result as `results` of the operation, under the step's name. @default false */
  readonly show?: boolean;
  /** What the partner is told, from the resource and from the results so far; called again for each attempt. */
  input(resource: Snapshot<R>, results: Before): Values;
  /** The same for `compensation`, given what is known of the results, its own among them. @default as `input` says */
  undoInput?(resource: Snapshot<R>, results: Partial<Before & OwnResult<Name, S>>): Values;
}

/** Where an operation ends. */
interface Ends<R extends Resource, Results, C> {
  readonly succeeded: {
    /** The state that the resource is led to when every step has succeeded. */
    readonly to: R['states'][number];
    /** Members of the resource that are changed with it, as `decide` of an action changes them. @default none */
    set?(results: Results): [Exclude<keyof C, keyof Changes<R>>] extends [never] ? C : never;
  };
  /** The state after a partner refused, once what was done before is taken back. */
  readonly failed: R['states'][number];
  /** The state after somebody cancelled it, once what was done is taken back. */
  readonly cancelled: R['states'][number];
}

/** An operation as far as it is defined. */
interface Chain<R extends Resource, Results> {
  /** Adds a step after those before. */
  step<const Name extends string, S extends ResultSchema = never>(
    step: StepWithResults<R, Results, Name, S>,
  ): Chain<R, Results & OwnResult<Name, S>>;
  /**
   * Says where it ends, checks it all, and returns the definition.
   * @throws Error that names the fault and the remedy
   */
  ends<C extends Changes<R>>(ends: Ends<R, Results, C>): Operation<R>;
}

/**
 * An operation whose steps have results: what a partner tells of a step is kept, and given to the steps after it and to
 * the end.
 */
export const defineOperationWithResults = <R extends Resource>(beginning: Beginning<R>): Chain<R, object> =>
  chain(beginning, []);

function chain<R extends Resource, Results>(
  beginning: Beginning<R>,
  steps: readonly ResultStep[],
): Chain<R, Results> {
  return {
    step: (step) => chain(beginning, [...steps, step as unknown as ResultStep]),
    ends({ succeeded: { to, set }, failed, cancelled }) {
      const known = knownOf(steps, set as Known['set']);
      if (typeof HOLDFAST_CHECKED === 'undefined') checkResults(beginning, steps, known);
      return defineOperation({
        ...beginning,
        steps: steps.map(({ result: _, show: __, undoInput: ___, input, ...step }) => ({
          ...step,
          input: (resource: Snapshot<R>) => input(resource, givenOf(known.schemas, {})),
        })),
        onSucceeded: to,
        onFailed: failed,
        onCancelled: cancelled,
        with: carrying(known),
      });
    },
  };
}

function knownOf(steps: readonly ResultStep[], set: Known['set']): Known {
  const by = <T>(pick: (step: ResultStep) => T | undefined): Readonly<Record<string, T>> =>
    Object.fromEntries(
      steps.flatMap((step) => {
        const picked = pick(step);
        return picked === undefined ? [] : [[step.name, picked]];
      }),
    );
  const schemas: Schemas = by(({ result }) => result);
  const shown = steps.filter(({ show = false }) => show).map(({ name }) => name);
  const shapes = shown.map((step) => [step, z.optional(schemas[step] ?? z.never())]);
  return {
    schemas,
    inputs: by(({ input }) => input),
    undoing: by(({ undoInput }) => undoInput),
    shown,
    set,
    ...(shown.length > 0 && { shows: z.object(Object.fromEntries(shapes)) }),
  };
}
