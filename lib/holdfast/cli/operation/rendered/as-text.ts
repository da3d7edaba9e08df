import { type Event, type Explanation, sectionsOf } from '../explanation.ts';

/** An explanation for a terminal. */
export function asText(explanation: Explanation): string {
  const { title, asOf, members, events } = explanation;
  const sections = sectionsOf(explanation).map(([heading, sayings]) => [
    `${heading}:`,
    ...sayings.map((saying) =>
      typeof saying === 'string' ? `  ${within(saying)}` : `      ${within(saying.run)}`,
    ),
  ]);
  return [
    [title, asOf],
    ...sections,
    ...(members.length === 0
      ? []
      : [['Members:', ...members.map(([name, value]) => `  ${name}: ${within(value)}`)]]),
    ...(events.length === 0 ? [] : [['Every event:', ...events.map(line)]]),
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const line = ({ at, action, about, move, by, said }: Event): string =>
  `  ${[`${at}  ${action.padEnd(10)} ${about}  ${move}  by ${by}`, ...said.map(within)].join('  ')}`;

/** What a person wrote may have lines, none of which may pass for a heading of ours. */
const within = (text: string): string => text.replaceAll('\n', '\n      ');
