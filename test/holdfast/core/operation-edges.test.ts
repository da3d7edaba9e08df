import { describe, expect, test } from '@jest/globals';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import type { Operation } from '../../../lib/holdfast/core/definitions/define-operation.ts';
import { blocked } from '../../../lib/holdfast/core/operations/operation-course.ts';
import { directive } from '../../../lib/holdfast/core/operations/operation-directive.ts';
import { advance, type OperationEvent } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  type CommandRef,
  cancelled,
  type Progress,
  resolvedAs,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import type { Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';

const start = 1_800_000_000_000;

const [screen, transfer] = disbursePayout.steps;
if (screen === undefined || transfer === undefined) throw new Error('two steps');

const refOf = ({ command: { step, undo, attempt } }: Progress): CommandRef => ({ step, undo, attempt });

/** An operation on a clock, told of its current command. */
class Course {
  progress: Progress;
  now = start;
  readonly operation: Operation;

  constructor(operation: Operation = disbursePayout) {
    this.operation = operation;
    this.progress = accepted(operation, start);
  }

  apply(event: { readonly type: string; readonly [member: string]: unknown }, about = refOf(this.progress)) {
    const ref = ['proceed', 'lost'].includes(event.type) ? {} : about;
    this.progress = advance(
      this.operation,
      this.progress,
      { ...ref, ...event } as OperationEvent,
      this.now,
      0.5,
    );
    return this;
  }

  after(seconds: number) {
    this.now += seconds * 1000;
    return this;
  }

  send() {
    return this.apply({ type: 'proceed' }).apply({ type: 'claim' });
  }

  told(outcome: Outcome, about?: CommandRef) {
    return this.apply({ type: 'report', outcome }, about);
  }

  resolve(resolution: 'succeeded' | 'failed' | 'retry') {
    this.progress = resolvedAs(this.progress, resolution);
    return this.apply({ type: 'proceed' });
  }

  cancel() {
    this.progress = cancelled(this.progress);
    return this.apply({ type: 'proceed' });
  }
}

const first = { step: 'screen', undo: false, attempt: 1 };

/** Not known to its partner once that had settled, so that a second attempt waits to be sent. */
const forgotten = () => new Course().send().after(60).told({ kind: 'not-found' });

describe('what a partner tells for good of an earlier attempt under the same reference', () => {
  test('is taken in while the next attempt waits to be sent', () => {
    const { progress } = forgotten().told({ kind: 'succeeded' }, first);

    expect(progress).toMatchObject({ done: ['screen'], command: { step: 'transfer', status: 'to-send' } });
  });

  test('is taken in while the next attempt is on its way, if it is done: a refusal is of that attempt', () => {
    const done = forgotten().send().told({ kind: 'succeeded' }, first);
    const refused = forgotten().send().told({ kind: 'rejected', reason: 'no' }, first);
    const unsent = forgotten().told({ kind: 'rejected', reason: 'no' }, first);

    expect(done.progress).toMatchObject({ done: ['screen'], command: { step: 'transfer' } });
    expect(refused.progress).toMatchObject({ state: 'running', command: { attempt: 2, status: 'sent' } });
    expect(unsent.progress).toMatchObject({ state: 'failed', reason: 'no' });
  });

  test('is taken back where the operation is cancelled after it, and not given up as never done', () => {
    const { progress } = forgotten().told({ kind: 'succeeded' }, first).cancel();

    expect(progress).toMatchObject({ state: 'cancelling', command: { step: 'screen', undo: true } });
  });

  test('is not taken in where that says nothing final, or is of an attempt that was never made', () => {
    const course = forgotten();
    const before = course.progress;

    for (const kind of ['unknown', 'pending', 'not-found', 'unavailable'] as const)
      course.told({ kind }, first);
    course.told({ kind: 'succeeded' }, { ...first, attempt: 3 });

    expect(course.progress).toBe(before);
  });

  test('is not taken in for a retry that goes under another reference', () => {
    const undone = new Course().send().told({ kind: 'succeeded' }).cancel();
    const refused = undone.send().told({ kind: 'rejected', reason: 'no' });
    const again = refused.resolve('retry').send();
    const before = again.progress;

    again.told({ kind: 'succeeded' }, { step: 'screen', undo: true, attempt: 1 });

    expect(before.command).toMatchObject({ attempt: 2, undo: true, status: 'sent' });
    expect(again.progress).toBe(before);
  });
});

describe('a success of a command that was given up as not done', () => {
  const contradict = (course: Course, about: CommandRef) =>
    course.apply({ type: 'contradict', outcome: { kind: 'succeeded' } }, about).progress;

  test('is noted once when the operation has ended without it', () => {
    const course = forgotten().cancel();
    const noted = contradict(course, first);

    expect(noted).toMatchObject({ state: 'cancelled', settled: [{ ...first, contradicted: true }] });
    expect(contradict(course, first)).toBe(noted);
  });

  test('is noted while what was done before it is taken back', () => {
    const course = new Course().send().told({ kind: 'succeeded' }).send();
    const sent = refOf(course.progress);
    course
      .after(60)
      .told({ kind: 'not-found' })
      .after(3 * 86_400);
    course.apply({ type: 'hold', reason: 'breaker', retryAfterSeconds: 10 });
    const back = course.progress;

    expect(back).toMatchObject({ ending: 'failed', command: { step: 'screen', undo: true } });
    expect(contradict(course, sent).settled).toContainEqual({
      ...sent,
      outcome: 'rejected',
      contradicted: true,
    });
  });

  test('is none while the command may still be done', () => {
    const course = new Course().send();
    const before = course.progress;

    contradict(course, first);

    expect(course.progress.settled).toBeUndefined();
    expect(course.progress).toEqual(before);
  });
});

describe('a step that was done, and cannot be taken back', () => {
  /** The money leaves, and then somebody is told of it. */
  const paying: Operation = { ...disbursePayout, steps: [screen, transfer, { ...screen, name: 'notify' }] };
  const paid = () =>
    new Course(paying).send().told({ kind: 'succeeded' }).send().told({ kind: 'succeeded' }).send();

  test('never ends as failed by a refusal of a later step: a person is asked', () => {
    const { progress } = paid().told({ kind: 'rejected', reason: 'no' });

    expect(progress).toMatchObject({ state: 'needs-attention', done: ['screen', 'transfer'] });
    expect(progress.reason).toMatch(/^bank has done 'transfer', which nothing takes back/);
  });

  test('never ends as failed because nobody is reached, or a person says that the later step failed', () => {
    const late = paid()
      .told({ kind: 'unavailable' })
      .after(3 * 86_400);
    const unreached = late.apply({ type: 'hold', reason: 'rate', retryAfterSeconds: 1 });
    const lost = paid().apply({ type: 'lost' }).resolve('failed');

    expect(unreached.progress.state).toBe('needs-attention');
    expect(lost.progress).toMatchObject({ state: 'needs-attention', done: ['screen', 'transfer'] });
  });

  test('goes on where a person says that the later step is done, or may be tried again', () => {
    const done = paid().told({ kind: 'rejected', reason: 'no' }).resolve('succeeded');
    const again = paid().told({ kind: 'rejected', reason: 'no' }).resolve('retry').send();

    expect(done.progress.state).toBe('succeeded');
    expect(again.progress).toMatchObject({ command: { step: 'notify', status: 'sent' } });
  });

  test('is taken for not done where a person says so, who has been told of it', () => {
    const { progress } = paid().told({ kind: 'rejected', reason: 'no' }).resolve('failed');

    expect(progress).toMatchObject({ ending: 'failed', done: ['screen'], command: { undo: true } });
  });
});

describe('a refusal of a later attempt', () => {
  const { query: _, callback: __, callbackSeconds: ___, ...rest } = screen.partner;
  const blind: Operation = {
    ...disbursePayout,
    steps: [{ ...screen, partner: { ...rest, idempotent: true } }],
  };

  test('by a partner that cannot be asked says nothing of one before it, which may have been done', () => {
    const { progress } = new Course(blind)
      .send()
      .told({ kind: 'unknown' })
      .send()
      .told({ kind: 'rejected', reason: 'no funds' });

    expect(progress.state).toBe('needs-attention');
    expect(progress.reason).toMatch(
      /^screening refused an attempt, and one before it may have been done: no funds/,
    );
  });

  test('is final where every one before it was not done for sure', () => {
    const { progress } = new Course(blind)
      .send()
      .told({ kind: 'unavailable' })
      .after(60)
      .send()
      .told({ kind: 'rejected', reason: 'no' });

    expect(progress.state).toBe('failed');
  });
});

describe('a partner that does nothing, and says so each time', () => {
  test('is not suspected of having done it: the operation fails at its deadline', () => {
    const course = new Course().send();
    for (let i = 0; i < 50 && course.progress.state !== 'failed'; i++) {
      course.told({ kind: 'unavailable', retryAfterSeconds: 3_600 }).after(3_600).send();
    }

    expect(course.progress.state).toBe('failed');
  });

  test('is asked once one of its attempts is in doubt', () => {
    const course = new Course().send().told({ kind: 'unavailable' }).after(60).send();
    course.told({ kind: 'unknown' }).after(60).told({ kind: 'not-found' }).after(60).send();
    course.told({ kind: 'unavailable' });

    expect(directive(disbursePayout, course.progress, course.now + 60_000)).toMatchObject({ mode: 'query' });
  });
});

describe('the time for which a partner knows a reference', () => {
  test('is over for a claim of which the call could still be on its way by then', () => {
    const { timeoutMs, idempotencyWindowSeconds } = screen.partner;
    const last = idempotencyWindowSeconds - timeoutMs / 1000 - 10;
    const claimed = (seconds: number) =>
      forgotten()
        .after(seconds - 60)
        .apply({ type: 'claim' }).progress;

    expect(claimed(last).command.status).toBe('sent');
    expect(claimed(last + 1)).toMatchObject({ state: 'needs-attention', command: { status: 'to-send' } });
  });
});

describe('a word of a partner between what a person says and its execution', () => {
  test.each(['succeeded', 'rejected'] as const)('is not heard, so that a retry is one: %s', (kind) => {
    const course = new Course().send().apply({ type: 'lost' });
    course.progress = resolvedAs(course.progress, 'retry');
    const before = course.progress;

    course.told(kind === 'rejected' ? { kind, reason: 'no' } : { kind });

    expect(course.progress).toBe(before);
    expect(course.apply({ type: 'proceed' }).progress.command).toMatchObject({ attempt: 2, inDoubt: true });
  });
});

describe('a cancel after a retry by a person', () => {
  test('gives what was sent last its time to settle, and not what was sent first', () => {
    const course = forgotten().after(600).send();
    course.apply({ type: 'lost' }).resolve('retry').cancel().after(3).told({ kind: 'not-found' });

    expect(course.progress).toMatchObject({ state: 'cancelling', command: { status: 'sent' } });
  });
});

describe('an end that its resource stood in the way of', () => {
  test('is forgotten where the partner has done what was given up', () => {
    const course = new Course().send().after(3 * 86_400);
    course.told({ kind: 'unavailable' });
    course.progress = blocked(course.progress as Parameters<typeof blocked>[0], 'the payout is gone');

    course.told({ kind: 'succeeded' });

    expect(course.progress).toMatchObject({ state: 'running', command: { step: 'transfer' } });
    expect(course.progress.conclusion).toBeUndefined();
  });
});
