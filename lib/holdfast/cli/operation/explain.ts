import type { Case, Entry } from './case.ts';
import { explainOperation } from './explain-operation.ts';
import { explainRefusal, searchOfLog } from './explain-refusal.ts';
import { explainResource } from './explain-resource.ts';
import type { Event, Explanation, Saying } from './explanation.ts';

/**
 * What is known of a case, for a reader who knows the business and no code. Pure: the same case at the same time is told
 * in the same sentences, as text and as a page.
 */
export function explain(given: Case, now: Date): Explanation {
  const { about, refusal } = given;
  const asOf = `As of ${now.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const refused = refusal === undefined ? {} : explainRefusal(refusal, given, now);
  if (about.kind === 'request') {
    const search = searchOfLog(about.id, given);
    return {
      title: `request ${about.id}`,
      asOf,
      sections: merged(search, refused),
      members: [],
      events: [],
    };
  }
  const { resource } = about;
  const isOperation = about.kind === 'operation';
  const own = isOperation
    ? explainOperation(about.operation, resource, given, now)
    : explainResource(resource, given, now);
  const { entries } = resource.history;
  return {
    title: isOperation
      ? `operation ${about.operation.id} on ${resource.href}: ${about.operation.state}`
      : `${resource.singular} ${resource.shown.id}: ${resource.shown.state}`,
    asOf,
    sections: merged(own, refused),
    members: resource.members,
    events: entries
      .filter(({ operation }) => !isOperation || operation === undefined || operation === about.operation.id)
      .map(eventOf),
  };
}

type Sections = Explanation['sections'];

/** What to do about a refusal comes before what to do about where things stand; what is to be done is numbered. */
function merged(own: Sections, refused: Sections): Sections {
  const both = (heading: keyof Sections) => [...(refused[heading] ?? []), ...(own[heading] ?? [])];
  return {
    ...own,
    ...refused,
    'What to do now': numbered(both('What to do now')),
    'Never do this': both('Never do this'),
    'For the engineer': both('For the engineer'),
  };
}

function numbered(sayings: readonly Saying[]): readonly Saying[] {
  const steps = sayings.filter((saying) => typeof saying === 'string');
  return steps.length < 2
    ? sayings
    : sayings.map((saying) =>
        typeof saying === 'string' ? `${steps.indexOf(saying) + 1}. ${saying}` : saying,
      );
}

const SAID = ['told', 'outcome', 'evidence', 'resource', 'note'] as const;

const eventOf = ({ at, action, actor, from, to, step, attempt, ...said }: Entry): Event => ({
  at,
  action,
  about: step === undefined ? '' : `${step}${attempt === undefined ? '' : ` #${attempt}`}`,
  move: from === undefined || from === to ? to : `${from} → ${to}`,
  by: actor,
  said: SAID.flatMap((member) => (said[member] === undefined ? [] : [`${member}: ${said[member]}`])),
});
