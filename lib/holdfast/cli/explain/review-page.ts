import type { GateChange } from '../../contract/gate.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import { SAME } from '../../core/definitions/reserved-names.ts';
import { actionPath } from '../../core/definitions/routes.ts';
import { nameOf } from '../../testing/examples.ts';
import type { Scene } from '../../testing/scene/scene.ts';
import type { Changed, ChangedAction } from '../record/changed-actions.ts';
import { type ReviewRow, reviewRows } from './review-rows.ts';

/** A cell of a table takes one line, and no bar of its own. */
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (...cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

/** Each once, with the versions and stages whose clients notice it. */
const list = (changes: readonly GateChange[]): string =>
  [...Map.groupBy(changes, ({ breaking, sentence }) => `- ${breaking ? '**Breaking:** ' : ''}${sentence}`)]
    .map(([line, same]) => `${line} (${same.map(placeOf).join(', ')})`)
    .join('\n');

/** A change is named by where it is, and what. */
const placeOf = ({ name, id }: GateChange): string => name.slice(0, -id.length - 1);

/**
 * What clients get of each action that has changed, when everything is not as it should be: Markdown, to be attached to a pull
 * request. A function of the definitions and the examples.
 * @param since the commit that it is compared with
 */
export async function reviewPage(scene: Scene, { actions, others }: Changed, since: string): Promise<string> {
  const parts = await Promise.all(actions.map((each) => partOf(scene, each)));
  const versions = scene.registry.versions.map(
    ({ definition: { version, summary, deprecated, sunset } }) =>
      `- A client of ${version} is served until ${sunset}, and told so since ${deprecated}. ${summary}`,
  );
  const blocks = [
    `# What clients get of ${actions.map(({ action }) => `\`${nameOf(action)}\``).join(', ')}`,
    `Written by \`npm run contract\` from the definitions, compared with \`${since}\`. Each answer can be seen: \`npm start\`, then its command. In the curls \`$API\`, \`$ID\`, \`$ETAG\`, \`$KEY\` and \`$OPERATION\` stand for what the command prints.`,
    ...(others.length === 0 ? [] : ['## Other clients', list(others)]),
    ...(versions.length === 0 ? [] : ['## Old clients', versions.join('\n')]),
    ...parts,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function whatChanged({ changes, isTouched }: ChangedAction): string {
  if (changes.length > 0) return list(changes);
  return isTouched
    ? 'Its own files have changed, or those of its operation and partners; what clients are promised has not.'
    : 'Nothing of it has changed.';
}

/** Where an action leads, and its operation. */
export function movesOf({ from = [], to, operation }: Pick<Action, 'from' | 'to' | 'operation'>): string {
  const quoted = (states: readonly string[]) => states.map((state) => `\`${state}\``);
  if (to === SAME) return `It is allowed in ${quoted(from).join(', ')}, and leaves the state as it is.`;
  const begins = from.length === 0 ? 'It makes one that is' : `It leads from ${quoted(from).join(', ')} to`;
  const ends = operation && [operation.onSucceeded, operation.onFailed, operation.onCancelled];
  const then = ends && `, and ${operation.name} leads on to ${quoted([...new Set(ends)]).join(' or ')}`;
  return `${begins} \`${to}\`${then ?? ''}.`;
}

async function partOf(scene: Scene, changed: ChangedAction): Promise<string> {
  const { action } = changed;
  const rows = await reviewRows(scene, action);
  return [
    `## ${nameOf(action)}`,
    `\`POST ${actionPath(action)}\`: ${action.summary} ${movesOf(action)}`,
    whatChanged(changed),
    [
      row('when', 'the client gets', '`recovery`', 'what to tell the user', 'what support checks'),
      row('---', '---', '---', '---', '---'),
      ...rows.map(({ when, gets, recovery, tell, check }) => row(when, gets, recovery, tell, check)),
    ].join('\n'),
    ...rows.flatMap(provoked),
  ].join('\n\n');
}

const provoked = ({ when, provoke }: ReviewRow): readonly string[] =>
  provoke === undefined
    ? []
    : [
        `<details><summary>${when}</summary>\n\n\`\`\`sh\n${provoke.command}\n\n${provoke.curl}\n\`\`\`\n\n</details>`,
      ];
