import { describe, expect, test } from '@jest/globals';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import {
  type OperationWorkflowProps,
  workflowDefinition,
} from '../../../lib/holdfast/cdk/operations/operation-workflow.ts';
import { directive } from '../../../lib/holdfast/core/operations/operation-directive.ts';
import { advance, type OperationEvent } from '../../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  type CommandRef,
  isFinal,
  type Progress,
} from '../../../lib/holdfast/core/operations/operation-progress.ts';
import type { Outcome } from '../../../lib/holdfast/core/partners/outcome.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';

interface Rule {
  readonly Variable?: string;
  readonly StringEquals?: string;
  readonly BooleanEquals?: boolean;
  readonly And?: readonly Rule[];
}

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly (Rule & { readonly Next: string })[];
  readonly Catch?: readonly { readonly Next: string }[];
}

/**
 * Events that a state leaves in an execution's history: entered and exited; a function's scheduled, started and succeeded; a
 * task's scheduled, started, submitted, and succeeded or timed out.
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
const eventsOf = ({ Type, Resource = '' }: State): number =>
  Type !== 'Task' ? 2 : Resource.includes('.waitForTaskToken') ? 6 : 5;

/** An execution ends when its history has so many events (Step Functions' quota). */
const MOST_EVENTS = 25_000;

const [screen] = disbursePayout.steps;
if (screen === undefined) throw new Error('it has no step');

/** As impatient as a partner can be made: nothing but the kit itself makes its operations wait longer. */
const partner = {
  ...screen.partner,
  callbackSeconds: 60,
  idempotencyWindowSeconds: 400 * 86_400,
  settleSeconds: 16,
  retry: { maxAttempts: 1e9, baseMs: 1, capMs: 1 },
};
const operation = { ...disbursePayout, steps: [{ ...screen, partner }] };

/** What a partner, its gate and its queue do all the time. */
interface World {
  readonly hold?: { readonly reason: 'rate' | 'breaker'; readonly retryAfterSeconds: number };
  readonly send?: Outcome;
  readonly query?: Outcome;
  readonly nobodyTakesIt?: boolean;
}

const start = 1_800_000_000_000;

/** Walks the generated state machine, as Step Functions does, until the operation is over. */
function live(world: World) {
  const props = {
    operation,
    operate: { currentVersion: { functionArn: 'arn:aws:lambda:operate:1' } },
    queueOf: () => ({ queueUrl: 'queue' }),
    config: stageConfig('production'),
  } as unknown as OperationWorkflowProps;
  const { StartAt, States } = workflowDefinition(props) as unknown as {
    StartAt: string;
    States: Record<string, State>;
  };
  let now = start;
  let progress = accepted(operation, now);
  const reasons = new Set<string>();
  const executions: number[] = [];
  const apply = (event: OperationEvent) => {
    progress = advance(operation, progress, event, now, 0.5);
    if (progress.command.notBefore > now && progress.command.waiting)
      reasons.add(progress.command.waiting.reason);
  };
  const ref = (): CommandRef => {
    const { step, undo, attempt } = progress.command;
    return { step, undo, attempt };
  };
  const told = (outcome: Outcome) => apply({ ...ref(), type: 'report', outcome });
  const consume = (mode: string) => {
    now += 50;
    if (mode === 'query') return told(world.query ?? { kind: 'unknown' });
    if (world.hold) return apply({ ...ref(), ...world.hold, type: 'hold' });
    apply({ ...ref(), type: 'claim' });
    told(world.send ?? { kind: 'unknown' });
  };
  // biome-ignore lint/complexity/noExcessiveCognitiveComplexity: one interpreter, a branch for each kind of state
  const execute = (epoch: number) => {
    let events = 2;
    let last: { type: string } & Partial<CommandRef> = { type: 'none' };
    let todo = directive(operation, progress, now) as {
      do: string;
      timeoutSeconds: number;
      mode: string;
    } & CommandRef;
    const holds = (rule: Rule): boolean => {
      if (rule.And) return rule.And.every(holds);
      const value = todo[rule.Variable?.replace('$.directive.', '') as 'do'] as unknown;
      return value === (rule.StringEquals ?? rule.BooleanEquals);
    };
    for (let name = StartAt; ; ) {
      const state = States[name] as State;
      events += eventsOf(state);
      let next = state.Next ?? '';
      if (state.Type === 'Succeed' || events > 10 * MOST_EVENTS) return events;
      if (name === 'begin') last = { type: 'none' };
      if (name === 'timed out') last = { ...ref(), type: 'timeout' };
      if (name === 'operate') {
        now += 20;
        if (progress.epoch === epoch && last.type === 'timeout') apply(last as OperationEvent);
        if (progress.epoch === epoch) apply({ type: 'proceed' });
        todo = (
          progress.epoch === epoch ? directive(operation, progress, now) : { do: 'end' }
        ) as typeof todo;
      } else if (state.Type === 'Choice') {
        next = state.Choices?.find(holds)?.Next ?? state.Default ?? '';
      } else if (name === 'wait' || (state.Type === 'Task' && world.nobodyTakesIt && todo.mode === 'send')) {
        now += todo.timeoutSeconds * 1000;
        next = state.Catch?.[0]?.Next ?? '';
      } else if (state.Type === 'Task') {
        consume(todo.mode);
        last = { type: 'none' };
      }
      name = next;
    }
  };
  while (!isFinal(progress.state) && progress.state !== 'needs-attention' && executions.length < 50)
    executions.push(execute(progress.epoch));
  return { progress: progress as Progress, waited: now - start, executions, reasons: [...reasons] };
}

describe('A4: an operation waits for its whole deadline, and no execution comes near 25,000 events', () => {
  test.each<[string, World]>([
    ['rate', { hold: { reason: 'rate', retryAfterSeconds: 1 } }],
    ['breaker', { hold: { reason: 'breaker', retryAfterSeconds: 10 } }],
    ['queue', { nobodyTakesIt: true }],
    ['unknown', { send: { kind: 'unknown' }, query: { kind: 'unknown' } }],
    [
      'pending',
      { send: { kind: 'pending', pollAfterSeconds: 1 }, query: { kind: 'pending', pollAfterSeconds: 1 } },
    ],
    ['callback', { send: { kind: 'pending' }, query: { kind: 'pending' } }],
    ['unavailable', { send: { kind: 'unavailable', retryAfterSeconds: 1 }, query: { kind: 'not-found' } }],
    ['not-found', { send: { kind: 'unknown' }, query: { kind: 'not-found' } }],
  ])('two days of %s', (reason, world) => {
    const { progress, waited, executions, reasons } = live(world);

    expect(reasons).toContain(reason);
    expect(Math.max(...executions)).toBeLessThan(MOST_EVENTS);
    expect(executions.reduce((sum, each) => sum + each, 0)).toBeLessThan(4 * MOST_EVENTS);
    expect(waited).toBeGreaterThan(operation.deadlineSeconds * 1000 - 61_000);
    expect(['failed', 'needs-attention']).toContain(progress.state);
  });
});

describe('B2: a state of the kit is its own, whatever the steps of an operation are called', () => {
  test('steps named like every state of the kit leave all of them as they are', () => {
    const props = (steps: readonly string[]) =>
      ({
        operation: { ...operation, steps: steps.map((name) => ({ ...operation.steps[0], name })) },
        operate: { currentVersion: { functionArn: 'arn' } },
        queueOf: () => ({ queueUrl: 'queue' }),
        config: stageConfig('production'),
      }) as unknown as OperationWorkflowProps;
    const statesOf = (steps: readonly string[]) =>
      workflowDefinition(props(steps)).States as Record<string, State>;
    const own = Object.keys(statesOf([]));
    const names = [...own, 'step', 'timed-out', 'unknown-step'];

    const states = statesOf(names);

    expect(own).toEqual(expect.arrayContaining(['begin', 'operate', 'choose', 'wait', 'done']));
    expect(Object.keys(states)).toHaveLength(own.length + names.length * 2);
    expect(states.wait).toEqual(statesOf([]).wait);
    expect(states['step: wait']?.Resource).toContain('sqs:sendMessage');
  });
});
