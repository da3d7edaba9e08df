import type { Saying } from './explanation.ts';
import { moment, next } from './moment.ts';
import { STUCK_MS, type Told } from './told.ts';
import { WAITS } from './words.ts';

/** Why an operation needs a person where nothing but our own side is at fault. */
const OUR_OWN_FAULT = 'its execution ended before the operation did';

/** What somebody is to do about an operation now. */
export function advice(told: Told): readonly Saying[] {
  const { operation, named, now } = told;
  const { waiting, state } = operation;
  const cancel = operation.cancelable ? ['It can still be cancelled, if the customer wants that.'] : [];
  if (waiting !== undefined) {
    const { reference, until } = {
      reference: operation.resource.id,
      until: next(waiting.nextAttemptAt, now),
    };
    const unread = undeclared(told);
    const words = WAITS[waiting.reason].now({ ...named, reference, until });
    const queue = waiting.reason === 'queue' ? redrives(told) : [];
    return [...(unread.length > 0 ? unread : words), ...queue, ...cancel];
  }
  switch (state) {
    case 'needs-attention':
      return attention(told);
    case 'succeeded':
      return ['Nothing.'];
    case 'failed':
    case 'cancelled':
      return ['Nothing. If the customer wants it done after all, a new request has to be made for it.'];
    case 'accepted':
      return [
        ...patience(told),
        "The most common cause is a permission that a deployment has forgotten. The engineer finds AccessDenied in the log of the function 'dispatcher' or 'sweep'. It starts by itself as soon as that is mended.",
        ...cancel,
      ];
    default:
      return told.current?.isUnknown
        ? [`Do nothing. If ${named.partner} does not answer, we ask it by ourselves.`, ...cancel]
        : [
            ...patience(told),
            `The command may be in the dead-letter queue for ${named.partner}. These list the queues, show what one holds of this operation, and send it back. Sending back is safe: nothing is sent to ${named.partner} twice.`,
            ...redrives(told),
            ...cancel,
          ];
  }
}

/** Until something is late, nobody need be told. */
const patience = ({ isStuck, lastAt, now }: Told): readonly string[] =>
  isStuck
    ? ['Tell an engineer now.']
    : [
        `Do nothing yet. Look again ${moment(new Date(Date.parse(lastAt) + STUCK_MS).toISOString(), now)}. If it has not moved on by then, tell an engineer.`,
      ];

/** What a partner says that nobody can read is for an engineer; asking again and again mends nothing. */
function undeclared({ courses: all, operation }: Told): readonly string[] {
  return all.flatMap(({ partner, told, isUnknown: open }) =>
    open && told.at(-1)?.told === 'undeclared'
      ? [
          `Tell an engineer that ${partner} answers what functions/partners/${partner}.ts does not declare (metric UndeclaredAnswers).`,
          `Ask ${partner} what it has answered, and what that means. ${partner} knows this by a reference that begins with ${operation.resource.id}.`,
          'As soon as the answer is declared and deployed, this goes on by itself: until then we go on asking.',
        ]
      : [],
  );
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

function attention(told: Told): readonly Saying[] {
  const { operation, named, given } = told;
  const { detail = '' } = operation.problem ?? {};
  const { step, partner, thing } = named;
  const sent = told.current?.sentAt !== undefined;
  const leave = detail.includes("resource 'leave'") ? ',"resource":"leave"' : '';
  const resolve = (outcome: string): Saying => ({
    run: `curl -X POST ${given.url}/operations/${operation.id}/resolve -H "Authorization: Bearer $TOKEN" -H "Idempotency-Key: $(uuidgen)" -H "Content-Type: application/json" -d '{"outcome":"${outcome}","evidence":"WHO SAID WHAT, AND WHEN"${leave}}'`,
  });
  return [
    ...(detail === OUR_OWN_FAULT
      ? [
          'Tell an engineer: a worker of ours ended too early. The most common causes are a missing permission and a broken deployment.',
        ]
      : []),
    sent
      ? `1. Ask ${partner} whether '${step}' was done. ${partner} knows it by a reference that begins with ${operation.resource.id}.`
      : `1. '${step}' was not sent to ${partner}, as far as the history goes. Read the reason above.`,
    '2. Say what you found out, with who told you as the evidence. You, or somebody who may resolve operations, run the first line for a token, and then one of the others:',
    {
      run: `TOKEN=$(npm run --silent token --${given.stage === undefined ? ' --subject YOUR_NAME' : ` --stage ${given.stage}`})`,
    },
    'It was done:',
    resolve('succeeded'),
    `It was not done, and shall not be. What was done before it is taken back:`,
    resolve('failed'),
    `It was not done, and shall be tried again for this ${thing}:`,
    resolve('retry'),
    ...undeclared(told),
  ];
}

/** What would do harm while an operation stands where it does. */
export function never(told: Told): readonly Saying[] {
  const { operation, named } = told;
  const { step, partner, thing } = named;
  const { state } = operation;
  if (state === 'succeeded') return [`Do not do it again. It is done, and a new ${thing} would do it twice.`];
  if (state === 'failed' || state === 'cancelled') return [];
  const guess =
    state === 'needs-attention'
      ? [
          `Do not guess. "Failed" by mistake lets it be done twice, and "succeeded" by mistake leaves it undone.`,
        ]
      : [];
  if (told.isUnknown) {
    const open = told.courses.find((course) => course.isUnknown);
    return [
      `Do not have '${open?.name ?? step}' done in any other way while it is unknown: not by a new ${thing}, and not by hand at ${open?.partner ?? partner}. It may have been done, and would be done twice.`,
      ...guess,
    ];
  }
  return [
    `Do not make a new ${thing} for the same thing. This one is still going to be carried out, and it would be done twice.`,
    ...guess,
  ];
}
