import type { Case, Entry, Refusal } from './case.ts';
import { changesOf, moved } from './explain-resource.ts';
import type { Explanation, Saying } from './explanation.ts';
import { moment } from './moment.ts';
import { ALL_OTHERS, RECOVERIES, tellEngineer } from './words.ts';

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
      ...(code === 'unknown-api-version' ? served(given) : []),
    ],
    'What to do now': [
      ...(code === 'unknown-api-version' ? UPDATE : []),
      ...(overtaken === undefined
        ? code === 'unknown-api-version'
          ? []
          : [RECOVERIES[row.recovery]]
        : whoCameFirst(overtaken, about, now)),
      ...(row.status >= 500 ? [OUR_SIDE] : []),
    ],
    'Never do this':
      row.recovery === 'refresh' || row.status >= 500
        ? [`Do not make a new ${thing} in place of this one before you have seen where it stands.`]
        : [],
    'Tell the customer':
      overtaken === undefined
        ? [
            `"${row.tell}"`,
            ...(code === 'unknown-api-version'
              ? ['"Nothing was created or changed. After the update, please send it again."']
              : []),
          ]
        : [
            `If the customer is ${overtaken.actor} and wanted '${overtaken.action}': "It is on record ${moment(overtaken.at, now)}. Please look whether it is as you meant it. If it is, you need not send it again."`,
            `Otherwise: "${row.tell}"`,
          ],
    'For the engineer': [`What to check, with the customer's error body at hand: ${row.check}`],
  };
}

const OUR_SIDE = `If more than one customer reports this, ${tellEngineer('at once', `then it probably hits all of them. ${ALL_OTHERS}`)} If it is one alone, ${tellEngineer('in working hours', 'the app tries again by itself, and nothing is done twice.')}`;

/** What is done about an app that is too old. */
const UPDATE = [
  'The customer needs a newer app. Nothing is wrong with the data. Nothing was created, so the same may be sent again after the update.',
  `If many customers report it at once, ${tellEngineer('at once', `then a version may have ended too early, and nobody with that app can work. ${ALL_OTHERS}`)}`,
];

/**
 * A conflict has one of two causes. Nothing of the refused request is kept, so that only the customer knows which: the last
 * change may be theirs and another than they were refused, and it may have come after the refusal.
 */
function whoCameFirst(last: Entry, about: Case['about'], now: Date): readonly string[] {
  if (about.kind === 'request') return [];
  const { actor, action, at, version } = last;
  const { singular, shown } = about.resource;
  const since =
    version < shown.version ? ` The service itself has changed it since then: it is ${shown.state} now.` : '';
  return [
    'Ask the customer who they are, what they wanted to do, and when they sent it first.',
    `Compare that with the last change by a person, which is '${action}' by ${actor}, ${moment(at, now)}${moved(last)}.${since}`,
    `If the customer is ${actor} and wanted '${action}': have them look whether the ${singular} is as they meant it. If it is, it has been done, and nothing is left to do: the app probably sent it twice, under two keys. If it is not, go on with the next step.`,
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
  ];
}

/** Nothing of a request that was refused is stored: only the log knows it. */
export function searchOfLog(id: string, { stage, refusal }: Case): Sections {
  const query = `fields @timestamp, route, status, code, detail, resourceId, operationId | filter requestId = "${id}"`;
  const where: readonly Saying[] =
    stage === undefined
      ? [`Search what npm start has printed for ${id}.`]
      : ['This finds it in CloudWatch Logs Insights, over the log groups of the service:', { run: query }];
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
          `If they do not know, ${tellEngineer('in working hours', 'the log names what it was about. The request has ended, so nothing gets worse.')}`,
        ],
    'For the engineer': isNoMatter
      ? []
      : [
          'The line of the request in the log holds the code, and the id as resourceId or operationId.',
          ...where,
        ],
  };
}
