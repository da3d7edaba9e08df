import { isFinal } from '../../core/operations/operation-progress.ts';
import type { Saying } from './explanation.ts';
import { moment, next } from './moment.ts';
import { STUCK_MS, type Told } from './told.ts';
import { type Advice, ALL_OTHERS, patience, sentence, tellEngineer, WAITS } from './words.ts';

/** Why an operation needs a person where nothing but our own side is at fault. */
const OUR_OWN_FAULT = 'its execution ended before the operation did';

const support = (...sentences: readonly string[]): Advice => ({ support: sentences, engineer: [] });

const together = (...all: readonly Advice[]): Advice => ({
  support: all.flatMap((each) => each.support),
  engineer: all.flatMap((each) => each.engineer),
});

/** What somebody is to do about an operation now. */
export const advice = (told: Told): Advice => together(standing(told), cancelling(told));

function standing(told: Told): Advice {
  const { operation, named, now, irrevocable } = told;
  const { waiting, state } = operation;
  if (irrevocable.done === 'maybe' && isFinal(state)) return contradiction(told);
  if (waiting !== undefined) {
    const until = next(waiting.nextAttemptAt, now);
    const words = WAITS[waiting.reason].now({
      ...named,
      reference: operation.resource.id,
      until,
      ...(!told.isOverdue && { late: moment(told.overdueAt, now) }),
    });
    const queue = { support: [], engineer: waiting.reason === 'queue' ? redrives(told) : [] };
    const unread = undeclared(told);
    const what = together(unread ?? words, queue);
    return told.isOverdue ? together(overdue(told), what) : what;
  }
  switch (state) {
    case 'needs-attention':
      return attention(told);
    case 'succeeded':
      return support('Nothing.');
    case 'failed':
    case 'cancelled':
      return support(
        'Nothing. If the customer wants it done after all, a new request has to be made for it.',
      );
    case 'accepted':
      return {
        support: unlessLate(told, 'probably no operation is started any more'),
        engineer: [
          "The most common cause is a permission that a deployment has forgotten. AccessDenied is then in the log of the function 'dispatcher' or 'sweep'. It starts by itself as soon as that is mended.",
        ],
      };
    default:
      return told.current?.isUnknown ? inFlight(told) : inQueue(told);
  }
}

const overdue = ({ operation: { waiting }, now }: Told): Advice => {
  const was = waiting === undefined ? '' : `It should have gone on ${moment(waiting.nextAttemptAt, now)}. `;
  return support(
    sentence(
      tellEngineer(
        'at once',
        `this is overdue. ${was}Something on our own side holds it up, and probably other operations as well. ${ALL_OTHERS}`,
      ),
    ),
  );
};

/** It was sent, and what is answered is still to come. */
function inFlight(told: Told): Advice {
  const { named, now, overdueAt, isOverdue } = told;
  if (isOverdue) return overdue(told);
  const late = moment(overdueAt, now);
  return support(
    ...patience(
      `If ${named.partner} does not answer, we ask it by ourselves. That may not settle it: ${named.partner} may still not say whether it was done.`,
      { late },
    ),
  );
}

function inQueue(told: Told): Advice {
  const { partner } = told.named;
  return {
    support: unlessLate(told, `probably no operation that needs ${partner} goes on`),
    engineer: [
      `The command may be in the dead-letter queue for ${partner}. These list the queues, show what one holds of this operation, and send it back. Sending back is safe: nothing is sent to ${partner} twice.`,
      ...redrives(told),
    ],
  };
}

/** Until something is late, nobody need be told. */
function unlessLate({ isStuck, lastAt, now }: Told, why: string): readonly string[] {
  const tell = tellEngineer('at once', `${why}. ${ALL_OTHERS}`);
  return isStuck
    ? [sentence(tell)]
    : [
        `Do nothing yet. Look again ${moment(new Date(Date.parse(lastAt) + STUCK_MS).toISOString(), now)}.`,
        `If it has not moved on by then, ${tell}`,
      ];
}

/** What a partner says that nobody can read is for an engineer; asking again and again mends nothing. */
function undeclared({ courses: all, operation }: Told): Advice | undefined {
  const unread = all.filter(({ told, isUnknown }) => isUnknown && told.at(-1)?.told === 'undeclared');
  if (unread.length === 0) return undefined;
  return together(
    ...unread.map(({ name, partner }) => ({
      support: [
        `Ask ${partner} what it has answered about '${name}', word for word, and what that means. ${partner} knows this by a reference that begins with ${operation.resource.id}.`,
        sentence(
          tellEngineer(
            'at once',
            `we cannot read an answer of ${partner}, and asking again does not mend that. Probably every operation that gets this answer stands still. ${ALL_OTHERS}`,
          ),
        ),
        'Wait then. As soon as the answer is declared and deployed, this goes on by itself: until then we go on asking.',
      ],
      engineer: [
        `Declare what ${partner} answers in functions/partners/${partner}.ts.`,
        `The word itself is kept nowhere, because an answer may hold what is personal. The log of the function 'partner-${partner}', or of 'callback' if ${partner} has called, has a line with the metric UndeclaredAnswers: the HTTP status, and of a word its length and hash. Ask ${partner} for the word. This tells whether it is that one:`,
        { run: "printf %s 'THE WORD' | sha256sum | cut -c 1-16" },
      ],
    })),
  );
}

/** It has ended, and a partner has said since then that the opposite is true. */
function contradiction({ irrevocable, operation }: Told): Advice {
  const [{ name, partner } = { name: operation.step, partner: 'the partner' }] = irrevocable.steps;
  return support(
    `Ask ${partner} which of its two answers about '${name}' is true. ${partner} knows it by a reference that begins with ${operation.resource.id}.`,
    sentence(
      tellEngineer(
        'in working hours',
        'what is stored may not be what was done, and has to be set right with the partner. Nothing more is sent meanwhile.',
      ),
    ),
  );
}

/** What a token is got by, of an engineer who may do it. */
const tokenOf = ({ given: { stage } }: Told): Saying => ({
  run: `TOKEN=$(npm run --silent token --${stage === undefined ? ' --subject YOUR_NAME' : ` --stage ${stage}`})`,
});

/** A request to an action on this operation. */
const requestOf = ({ operation, given }: Told, action: string, body: string): Saying => ({
  run: `curl -X POST ${given.url}/operations/${operation.id}/${action} -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $(uuidgen)" -H "Content-Type: application/json" -d '${body}'`,
});

/** How it is cancelled, while it can be. */
function cancelling(told: Told): Advice {
  const { operation, irrevocable } = told;
  if (!operation.cancelable) return support();
  const [last] = irrevocable.steps;
  const why =
    irrevocable.done === 'no' && last !== undefined
      ? `it is too late when '${last.name}' has been sent to ${last.partner}.`
      : 'it goes on by itself, and may be finished before.';
  return {
    support: [
      `It can still be cancelled, if the customer wants that: in their app, if it offers that. If not, ${tellEngineer('at once', why)}`,
    ],
    engineer: [
      'To cancel it, POST /operations/{operationId}/cancel:',
      tokenOf(told),
      requestOf(told, 'cancel', '{}'),
    ],
  };
}

/** Why it cannot be cancelled any more, in one sentence. */
export function notCancelable({ operation, given, courses: all }: Told): readonly string[] {
  const { cancelable, state } = operation;
  if (cancelable || isFinal(state)) return [];
  if (state === 'cancelling') return ['It need not be cancelled again: a cancel was accepted.'];
  const sent = given.definition?.steps.find(
    ({ name, pointOfNoReturn }) => pointOfNoReturn && all.some((each) => each.name === name && each.sent > 0),
  );
  if (sent !== undefined)
    return [
      `It cannot be cancelled any more: '${sent.name}' was sent to ${sent.partner.name}, and after that it is too late.`,
    ];
  return state === 'needs-attention'
    ? ['It cannot be cancelled now: a person has to say first what became of it.']
    : ['It cannot be cancelled now: it is being taken back already, or a person has just decided about it.'];
}

/** The commands for what is stuck in a queue; the local cloud's are at an address that is new with each start. */
function redrives({ operation, given: { stage } }: Told): readonly Saying[] {
  const filter = `--queue NAME --filter ${operation.id}`;
  const commands = ['', filter, `${filter} --yes`].map((options) => {
    const all = [...(stage === undefined ? [] : [`--stage ${stage}`]), ...(options === '' ? [] : [options])];
    return { run: `npm run redrive${all.length === 0 ? '' : ` -- ${all.join(' ')}`}` };
  });
  if (stage !== undefined) return commands;
  return [
    { run: 'export AWS_ENDPOINT_URL_SQS=ADDRESS   # as npm start prints it after "queues:"' },
    ...commands,
  ];
}

function attention(told: Told): Advice {
  const { operation, named } = told;
  const { detail = '' } = operation.problem ?? {};
  const { step, partner, thing } = named;
  const sent = told.current?.sentAt !== undefined;
  const leave = detail.includes("resource 'leave'") ? ',"resource":"leave"' : '';
  const asked = told.given.definition?.with?.asks?.[step] ?? [];
  const result = asked.map((member) => `"${member}":"…"`).join();
  const resolve = (outcome: string, more = leave): Saying =>
    requestOf(told, 'resolve', `{"outcome":"${outcome}","evidence":"WHO SAID WHAT, AND WHEN"${more}}`);
  const isOurs = detail === OUR_OWN_FAULT;
  const why = isOurs
    ? `a worker of ours ended too early, and that probably hits other operations as well. ${ALL_OTHERS}`
    : 'only a person can have it go on. Nothing is sent meanwhile, so nothing gets worse.';
  return together(
    support(
      sent
        ? `Ask ${partner} whether '${step}' was done. ${partner} knows it by a reference that begins with ${operation.resource.id}.`
        : `'${step}' was not sent to ${partner}, as far as the history goes. Read the reason below "Why it waits".`,
      ...(asked.length > 0
        ? [`Ask for ${asked.join(' and ')} of '${step}' as well: what follows needs it.`]
        : []),
      'Write down who told you what, and when: that is the evidence.',
      `Give it to somebody who may resolve operations: ${tellEngineer(isOurs ? 'at once' : 'in working hours', why)}`,
    ),
    {
      support: [],
      engineer: [
        ...(isOurs ? ['The most common causes are a missing permission and a broken deployment.'] : []),
        'The first line is for a token. Of the others, run the one that support has evidence for, and write the evidence into it:',
        tokenOf(told),
        'It was done:',
        resolve('succeeded', leave === '' && result !== '' ? `,"result":{${result}}` : leave),
        'It was not done, and shall not be. What was done before it is taken back:',
        resolve('failed'),
        `It was not done, and shall be tried again for this ${thing}:`,
        resolve('retry'),
      ],
    },
    undeclared(told) ?? support(),
  );
}

/** What would do harm while an operation stands where it does. */
export function never(told: Told): readonly Saying[] {
  const { operation, named } = told;
  const { thing } = named;
  const { state } = operation;
  const [doubtful] = told.irrevocable.done === 'maybe' ? told.irrevocable.steps : [];
  const open = told.courses.find((course) => course.isUnknown) ?? doubtful;
  if (open !== undefined && isFinal(state)) return [elsewhere(told, open)];
  if (state === 'succeeded') return [`Do not do it again. It is done, and a new ${thing} would do it twice.`];
  if (state === 'failed' || state === 'cancelled') return [];
  const guess =
    state === 'needs-attention'
      ? [
          `Do not guess. "Failed" by mistake lets it be done twice, and "succeeded" by mistake leaves it undone.`,
        ]
      : [];
  if (open !== undefined) return [elsewhere(told, open), ...guess];
  return [
    `Do not make a new ${thing} for the same thing. This one is still going to be carried out, and it would be done twice.`,
    ...guess,
  ];
}

const elsewhere = (
  { named: { thing } }: Told,
  { name, partner }: { readonly name: string; readonly partner: string },
): string =>
  `Do not have '${name}' done in any other way while it is unknown: not by a new ${thing}, and not by hand at ${partner}. It may have been done, and would be done twice.`;
