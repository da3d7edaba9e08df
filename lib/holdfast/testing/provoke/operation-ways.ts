import type { Operation } from '../../core/definitions/define-operation.ts';
import type { OperationState, WaitingReason } from '../../core/operations/operation-progress.ts';
import type { Answer } from '../scene/request.ts';
import { refusingPartners } from '../scene/ways.ts';
import type { Asked } from './asked.ts';
import type { Operations } from './operations.ts';
import { partnerFor, WAITS } from './waits.ts';

/** How an operation comes somewhere. */
export interface OperationWay {
  /** What no partner of an operation can, as in "no partner …"; undefined where one can. @default every operation can */
  lacks?(operation: Operation): string | undefined;
  /** Requests of which one is answered as wanted: what is passed too quickly to be seen is done once more. */
  asks(operations: Operations): AsyncGenerator<Asked>;
}

/** Shorter than this, what is waited for is over before anybody has seen it, in milliseconds. */
const VISIBLE_MS = 500;

/** How long a partner keeps its answer to itself, in milliseconds: most are waited for longer. */
const LATE_MS = 3_000;

const TRIES = 3;

interface Waiting {
  readonly reason?: string;
  readonly nextAttemptAt?: string;
}

const waitOf = ({ json }: Answer): Waiting => Object(json.waiting);

/** Whether an operation waits for a reason. */
export const isWaiting = (answer: Answer, reason: string): boolean => waitOf(answer).reason === reason;

/** Whether it does so for long enough to be read again. */
const isVisible = (answer: Answer): boolean =>
  Date.parse(waitOf(answer).nextAttemptAt ?? '') - Date.now() > VISIBLE_MS;

const isIn = (state: OperationState) => (answer: Answer) => answer.json.state === state;

/** An operation that waits for this reason. */
export const waitingWay = (reason: WaitingReason): OperationWay => ({
  lacks({ steps }) {
    const wait = WAITS[reason];
    return partnerFor(wait, steps) === undefined && 'faults' in wait ? wait.lacking : undefined;
  },
  async *asks(operations) {
    for (let tries = 0; tries < TRIES; tries++) yield* waitingOnce(operations, reason);
  },
});

async function* waitingOnce(operations: Operations, reason: WaitingReason): AsyncGenerator<Asked> {
  const { control } = operations;
  const { steps } = operations.action.operation;
  const wait = WAITS[reason];
  const partner = partnerFor(wait, steps);
  const isIt = (answer: Answer) => isWaiting(answer, reason) && isVisible(answer);
  if ('queue' in wait)
    yield* operations.held(async function* (started) {
      await operations.until(started, isIt);
      yield operations.read(started);
    });
  else if ('shared' in wait) {
    const partners = steps.map((step) => step.partner);
    const share = (members: typeof wait.shared) =>
      Promise.all(partners.map((each) => control.share(each, members(each, Date.now()))));
    try {
      const started = await operations.start(() => share(wait.shared));
      await operations.until(started, isIt, () => share(wait.shared));
      yield operations.read(started);
    } finally {
      // It waits for its own time from now on, and nobody else need.
      await share(() => ({ openUntil: 0, calls: 0, failures: 0 }));
    }
  } else if (partner !== undefined) {
    const started = await operations.start((only) => control.faults(partner.name, { ...wait.faults, only }));
    await operations.until(started, isIt);
    await control.faults(partner.name, { only: started.resource });
    yield operations.read(started);
  }
}

/** An operation that has come to a state, by what its partners do to it. */
const ends = (
  state: OperationState,
  faults: object,
  partnersOf: (operation: Operation) => readonly string[],
) =>
  async function* (operations: Operations): AsyncGenerator<Asked> {
    const { control } = operations;
    const partners = partnersOf(operations.action.operation);
    const tell = (told: object, only: string) =>
      Promise.all(partners.map((name) => control.faults(name, { ...told, only })));
    const started = await operations.start((only) => tell(faults, only));
    await operations.until(started, isIn(state));
    await tell({}, started.resource);
    yield operations.read(started);
  };

/** How an operation comes into each of its states. */
export const STATES: Readonly<Record<OperationState, OperationWay>> = {
  accepted: {
    async *asks(operations) {
      yield (await operations.start()).asked;
    },
  },
  running: {
    asks: ends('running', { lateMs: LATE_MS }, ({ steps }) =>
      steps.slice(0, 1).map((step) => step.partner.name),
    ),
  },
  waiting: {
    asks: (operations) => {
      const { steps } = operations.action.operation;
      const canSay = partnerFor(WAITS.unavailable, steps) !== undefined;
      return waitingWay(canSay ? 'unavailable' : 'queue').asks(operations);
    },
  },
  cancelling: {
    asks: (operations) =>
      operations.held(async function* (started) {
        yield operations.post(started, 'cancel');
      }),
  },
  'needs-attention': {
    asks: (operations) =>
      operations.held(async function* (started, release) {
        await operations.moveAway(started);
        await release();
        await operations.until(started, isIn('needs-attention'));
        yield operations.read(started);
      }),
  },
  succeeded: { asks: ends('succeeded', {}, () => []) },
  failed: {
    lacks: (operation) =>
      refusingPartners(operation).length === 0 ? "has a word for a refusal under 'rejects'" : undefined,
    asks: ends('failed', { reject: 1 }, refusingPartners),
  },
  cancelled: {
    asks: (operations) =>
      operations.held(async function* (started) {
        const { method, path, sent } = operations.post(started, 'cancel');
        await operations.scene.request(method, path, sent);
        await operations.until(started, isIn('cancelled'));
        yield operations.read(started);
      }),
  },
};

/** How each problem of operations comes about. */
export const OPERATION_PROBLEMS: Readonly<Record<string, OperationWay>> = {
  'operation-not-cancelable': {
    async *asks(operations) {
      const started = await operations.start();
      await operations.until(started, () => false);
      yield operations.post(started, 'cancel');
    },
  },
  'operation-outcome-known': {
    async *asks(operations) {
      const { control, action } = operations;
      const last = action.operation.steps.length - 1;
      const partner = action.operation.steps[last]?.partner;
      if (partner === undefined) return;
      const letter = String.fromCharCode(97 + last);
      const started = await operations.start((only) =>
        control.faults(partner.name, { lateMs: LATE_MS / 2, only }),
      );
      // The partner has done the last step, and nobody knows yet: then the resource is moved.
      let isDone = false;
      const isMoved = async () => {
        if (isDone) return;
        isDone = (await control.asked(partner)).some((each) =>
          each.startsWith(`${started.resource}-${letter}`),
        );
        if (isDone) await operations.moveAway(started);
      };
      await operations.until(started, isIn('needs-attention'), isMoved);
      await control.faults(partner.name, { only: started.resource });
      yield operations.post(started, 'resolve', { outcome: 'failed', evidence: 'nobody was asked' });
    },
  },
};
