import { type Event, type Explanation, sectionsOf } from '../explanation.ts';

/** An explanation for a terminal. */
export function asText(explanation: Explanation): string {
  const { title, asOf, members, events } = explanation;
  const sections = sectionsOf(explanation).map(([heading, sayings]) => [
    `${heading}:`,
    ...sayings.map((saying) => (typeof saying === 'string' ? `  ${saying}` : `      ${saying.run}`)),
  ]);
  return [
    [title, asOf],
    ...sections,
    ...(members.length === 0 ? [] : [['Members:', ...members.map(([name, value]) => `  ${name}: ${value}`)]]),
    ...(events.length === 0 ? [] : [['Every event:', ...events.map(line)]]),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const line = ({ at, action, about, move, by, said }: Event): string =>
  `  ${[`${at}  ${action.padEnd(10)} ${about}  ${move}  by ${by}`, ...said].join('  ')}`;
