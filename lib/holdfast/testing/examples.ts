import * as z from 'zod';
import type { Action } from '../core/definitions/define-action.ts';
import type { Registry } from '../service/registry.ts';

/** One request for an action that its rules accept, wherever its state permits it. */
export interface Example {
  /** A valid input; the more of its optional members it has, the more is tried. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Who sends it, where the rules care: the subject of the token. @default `alice` */
  readonly by?: string;
  /**
   * What its rules refuse, by the problem's code, where it takes more than another person: `npm run provoke` sends it.
   * @default the example, from each person that an example names
   */
  readonly refused?: Readonly<Record<string, Refused>>;
}

/** What of an example makes a rule refuse it. */
export interface Refused {
  /** @default that of the example */
  readonly input?: Readonly<Record<string, unknown>>;
  /** @default whoever sends the example */
  readonly by?: string;
  /** The resource's state. @default any that permits the action */
  readonly in?: string;
}

/** An example for each action of a service, by `resource.action`: `payouts.approve`. */
export type Examples = Readonly<Record<string, Example>>;

/** `payouts.approve`: what examples, tests and the document call an action. */
export const nameOf = ({ resource, name }: Pick<Action, 'resource' | 'name'>): string =>
  `${resource.name}.${name}`;

/**
 * The example of each action there is.
 * @throws Error that names every action without one, every example without an action, and every input that its action
 *   refuses
 */
export function examplesOf({ resources }: Registry, examples: Examples): ReadonlyMap<string, Example> {
  const actions = resources.flatMap((resource) => resource.actions.map(({ definition }) => definition));
  const names = actions.map(nameOf);
  const faults = [
    ...actions.flatMap((action) => {
      const example = examples[nameOf(action)];
      if (example === undefined)
        return [`there is no example of '${nameOf(action)}'; add '${nameOf(action)}': { input: {} }`];
      const { error } = action.input.safeParse(example.input);
      return error === undefined
        ? []
        : [`the example of '${nameOf(action)}' is no valid input\n${z.prettifyError(error)}`];
    }),
    ...Object.keys(examples)
      .filter((name) => !names.includes(name))
      .map((name) => `there is no action '${name}'; remove its example, or choose from ${names.join(', ')}`),
  ];
  if (faults.length > 0) throw new Error(`test/examples.ts: ${faults.join('\n')}`);
  return new Map(Object.entries(examples));
}
