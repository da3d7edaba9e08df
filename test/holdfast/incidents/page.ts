import { INCIDENTS, type Incident, type Planted } from './incidents.ts';
import type { Scene } from './scene.ts';
import { shown } from './shown.ts';

const HEAD = `# Incidents

What support sees of the ten incidents that it meets most, and what it does about each. Nobody needs to read code for it:

\`\`\`sh
npm run operation -- show ID                             # of an operation, a resource or a request
npm run operation -- show ID --code CODE                 # the code of the customer's error body
npm run operation -- show ID --stage dev --html case.html  # the same as a page, to send to somebody without access
\`\`\`

The id and the code are in the body of every error, and on the customer's page. Members that may be personal are masked, unless \`--unmasked\` is given: no definition says
which are, so each is that is not an amount, a moment, an actor or one of a list.

Each incident can be planted: \`npm run incidents -- bank-silent\` starts a local cloud of its own, brings it about, and tells how it looks. The sentences below are what was printed then;
ids and times differ.
`;

/** What differs each time. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/\b(op|po)_[0-9a-z]{26}\b/g, '$1_…'],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'REQUEST_ID'],
  [/\b(?:\d{4}-\d{2}-\d{2} )?\d{2}:\d{2}:\d{2} UTC \((?:in )?\d+ \w+(?: ago)?\)/g, '10:01:05 UTC'],
  [/As of .* UTC/g, 'As of 2026-11-30 10:01:05 UTC'],
  [/\b(again|is sent|we ask [a-z0-9-]+) now\b/g, '$1 at 10:01:05 UTC'],
  [/ It said so \d+ times\./g, ''],
  [/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:3000'],
];

/** The sentences of a text: what was planted again gives the same ones. */
export function sentencesOf(text: string): string {
  const [sentences = ''] = text.split(/\n\n(?:Members|Every event):\n/);
  return VOLATILE.reduce((told, [pattern, instead]) => told.replaceAll(pattern, instead), sentences);
}

/** One incident, as the page tells of it. */
export const incidentSection = (
  { name, summary }: Incident,
  { did, code }: Planted,
  text: string,
): string => `## ${summary.charAt(0).toUpperCase()}${summary.slice(1)}

${did.join(' ')} To try it: \`npm run incidents -- ${name}\`. Support is handed ${code === undefined ? 'the id of the operation' : `an id and the code \`${code}\``}.

\`\`\`text
${sentencesOf(text)}
\`\`\`
`;

/** Plants each incident, and tells of all of them. */
export async function incidentsPage(scene: Scene): Promise<string> {
  const sections: string[] = [];
  for (const incident of INCIDENTS) {
    const planted = await incident.plant(scene);
    sections.push(incidentSection(incident, planted, await shown(planted, scene.cloud.url)));
    await planted.mend();
  }
  return [HEAD, ...sections].join('\n');
}
