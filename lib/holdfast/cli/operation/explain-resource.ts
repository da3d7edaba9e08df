import { SYSTEM } from '../../core/operations/operations.ts';
import type { Case, Entry, ResourceCase } from './case.ts';
import type { Explanation } from './explanation.ts';
import { moment } from './moment.ts';

/**
 * What happened to the resource itself, the oldest first: what its operations did on the way is theirs to tell, and that
 * one has begun is told by the action that began it.
 */
export const changesOf = ({ history }: ResourceCase): readonly Entry[] =>
  history.entries.filter(
    ({ step, operation, actor, from }) =>
      step === undefined && (operation === undefined || (actor !== SYSTEM && from !== undefined)),
  );

/** The sections of a resource that no operation is under way for, or whose operation is not asked about. */
export function explainResource(resource: ResourceCase, { stage }: Case, now: Date): Explanation['sections'] {
  const { shown, singular, history } = resource;
  const changes = changesOf(resource);
  const last = changes.at(-1);
  const show = `npm run operation -- show ${shown.operation}${stage === undefined ? '' : ` --stage ${stage}`}`;
  return {
    'In short': [
      `The ${singular} is ${shown.state}, in version ${shown.version}.`,
      ...(last === undefined
        ? []
        : [`The last change by a person was '${last.action}', by ${last.actor}, ${moment(last.at, now)}.`]),
    ],
    'What happened': [
      ...changes.map(
        (entry) => `${entry.actor} did '${entry.action}' ${moment(entry.at, now)}${moved(entry)}.`,
      ),
      ...(history.isComplete
        ? []
        : [
            'The history follows a second behind, and is not complete yet. Ask again in a few seconds for all of it.',
          ]),
    ],
    'What to do now':
      shown.operation === undefined
        ? []
        : [`Partners took part in the last step. How far that is:`, { run: show }],
  };
}

/** How a change has moved it; empty where it stayed. */
export const moved = ({ from, to }: Entry): string => {
  if (from === undefined) return `: it is ${to}`;
  return from === to ? '' : `: from ${from} to ${to}`;
};
