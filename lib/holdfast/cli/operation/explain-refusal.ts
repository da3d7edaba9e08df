import type { Case, Entry, Refusal } from './case.ts';
import { changesOf } from './explain-resource.ts';
import type { Explanation, Saying } from './explanation.ts';
import { moment } from './moment.ts';
import { RECOVERIES } from './words.ts';

type Sections = Explanation['sections'];

/** The sections on what a customer was refused with. */
export function explainRefusal(refusal: Refusal, given: Case, now: Date): Sections {
  const { code, row } = refusal;
  const { about } = given;
  const thing = about.kind === 'request' ? 'resource' : about.resource.singular;
  const last = about.kind === 'request' ? undefined : changesOf(about.resource).at(-1);
  const overtaken = row.recovery === 'refresh' ? last : undefined;
  return {
    'What the customer was told': [
      `${row.title.replaceAll('{resource}', thing)} (${code}).`,
      row.status < 500
        ? 'The refused request has changed nothing.'
        : 'The request was not answered as it should be. It may have been carried out all the same.',
    ],
    'What to do now': [
      ...(overtaken === undefined ? [RECOVERIES[row.recovery]] : whoCameFirst(overtaken, about, now)),
      ...(code === 'unknown-api-version' ? served(given) : []),
      `To check: ${row.check}`,
    ],
    'Never do this':
      row.recovery === 'refresh' || row.status >= 500
        ? [`Do not make a new ${thing} in place of this one before you have seen where it stands.`]
        : [],
    'Tell the customer':
      overtaken === undefined
        ? [`"${row.tell}"`]
        : [
            `If the customer is ${overtaken.actor} and wanted '${overtaken.action}': "Your request was carried out before. You need not send it again."`,
            `Otherwise: "${row.tell}"`,
          ],
  };
}

/**
 * A conflict has one of two causes. Nothing of the refused request is kept, so that only the customer knows which: the last
 * change may be theirs and another than they were refused, and it may have come after the refusal.
 */
function whoCameFirst({ actor, action, at }: Entry, about: Case['about'], now: Date): readonly string[] {
  const { singular = '', shown } = about.kind === 'request' ? {} : about.resource;
  return [
    `Ask the customer who they are and what they wanted to do. The last change is '${action}' by ${actor}, ${moment(at, now)}.`,
    `If the customer is ${actor} and wanted '${action}': it has been done, by an earlier request of theirs whose answer they did not get. The app then sent it again under another key. The ${singular} is ${shown?.state} now, and nothing is left to do.`,
    `If it is somebody else, or they wanted anything else: the ${singular} had changed since they saw it. "What happened" lists who did what. The customer has to look at the ${singular} as it is now, and decide again.`,
  ];
}

/** Which versions an app may speak. */
function served({ versions }: Case): readonly string[] {
  const all = versions.map(
    ({ version, sunset }) => `${version}${sunset === undefined ? '' : ` (until ${sunset})`}`,
  );
  return [
    `The app asked for a version of the API that has ended, or that never was. These are served: ${all.join(', ')}.`,
    'The customer needs a newer app. Nothing is wrong with the data. Tell an engineer only if many customers report it at once: then a version may have ended too early.',
  ];
}

/** Nothing of a request that was refused is stored: only the log knows it. */
export function searchOfLog(id: string, { stage, refusal }: Case): Sections {
  const query = `fields @timestamp, route, status, code, detail, resourceId, operationId | filter requestId = "${id}"`;
  const where: readonly Saying[] =
    stage === undefined
      ? [`Search what npm start has printed for ${id}.`]
      : [
          'Ask an engineer to run this in CloudWatch Logs Insights, over the log groups of the service:',
          { run: query },
        ];
  const again = `npm run operation -- show ID --code CODE${stage === undefined ? '' : ` --stage ${stage}`}`;
  const isNoMatter = refusal !== undefined && refusal.row.recovery !== 'refresh' && refusal.row.status < 500;
  return {
    'In short': [
      isNoMatter
        ? 'A request was refused before it changed anything. Nothing of it is kept but a line in the log.'
        : 'This is the id of one request. If it was refused, it has changed nothing. If not, what it was about tells what it has changed.',
    ],
    'What to do now': isNoMatter
      ? []
      : [
          'Ask the customer what it was about. The id of that is on their page or in their list, and tells more:',
          { run: again },
          'If they do not know, the log does: its line holds the code, and the id as resourceId or operationId.',
          ...where,
        ],
  };
}
