import { beforeAll, describe, expect, test } from '@jest/globals';
import { type AlarmProperties, type ReleasedFunction, releasedFunction } from '../support/release-model.ts';
import { outcomes, release, type Scenario, traffic, well } from '../support/release-traffic.ts';
import { synthesizeStage } from '../support/templates.ts';

let approve: ReleasedFunction;
let authorize: ReleasedFunction;
beforeAll(async () => {
  const { service } = await synthesizeStage('production');
  approve = releasedFunction(service, 'payouts-approve');
  authorize = releasedFunction(service, 'authorizer');
}, 60_000);

describe('a release', () => {
  test('changes the alias when its alarm and its group watch the new version', () => {
    expect([approve.inOrder, authorize.inOrder]).toEqual([true, true]);
  });

  test.each<[string, Scenario]>([
    ['answers nothing but faults of ours', { requestsAMinute: 60, behaviour: { 1: well, 2: { faulty: 1 } } }],
    ['crashes', { requestsAMinute: 60, behaviour: { 1: well, 2: { crashed: 1 } } }],
    [
      'fails one request in ten, some by a crash',
      { requestsAMinute: 600, behaviour: { 1: well, 2: { answered: 0.9, faulty: 0.05, crashed: 0.05 } } },
    ],
    [
      'fails three requests a minute, all that it gets',
      { requestsAMinute: 30, behaviour: { 1: well, 2: { faulty: 1 } } },
    ],
    [
      'fails while the version before it fails as well',
      { requestsAMinute: 60, behaviour: { 1: { faulty: 1 }, 2: { faulty: 1 } } },
    ],
    [
      'fails among many requests that are refused',
      { requestsAMinute: 600, behaviour: { 1: { refused: 1 }, 2: { refused: 0.8, faulty: 0.2 } } },
    ],
  ])('B1: of a version that %s is taken back within the canary', async (_, scenario) => {
    const results = await release(approve, scenario);

    expect(outcomes(results)).toEqual(['rolled back', 'rolled back']);
    expect(Math.max(...results.map(({ minutes }) => minutes))).toBeLessThanOrEqual(4);
  });

  test.each([1, 2])(
    'B2: of a bad version is taken back though its faults are counted %d minutes late',
    async (late) => {
      const results = await release(approve, {
        requestsAMinute: 60,
        late,
        behaviour: { 1: well, 2: { faulty: 1 } },
      });

      expect(outcomes(results)).toEqual(['rolled back', 'rolled back']);
    },
  );

  test.each<[string, Scenario]>([
    [
      'the old version answers nothing but faults',
      { requestsAMinute: 60, behaviour: { 1: { faulty: 1 }, 2: well } },
    ],
    ['the old version crashes', { requestsAMinute: 60, behaviour: { 1: { crashed: 1 }, 2: well } }],
    [
      'one request in fifty fails in both',
      {
        requestsAMinute: 3_000,
        behaviour: { 1: { answered: 0.98, faulty: 0.02 }, 2: { answered: 0.98, faulty: 0.02 } },
      },
    ],
    ['nobody asks', { requestsAMinute: 0, behaviour: { 1: well, 2: well } }],
    [
      'a client floods it with bad input',
      { requestsAMinute: 6_000, behaviour: { 1: { refused: 1 }, 2: { refused: 1 } } },
    ],
    [
      'a single request a minute reaches it, and fails',
      { requestsAMinute: 10, behaviour: { 1: well, 2: { faulty: 1 } } },
    ],
  ])('B1: of a good version comes through though %s', async (_, scenario) => {
    expect(outcomes(await release(approve, scenario))).toEqual(['deployed', 'deployed']);
  });

  test('A2: of the authorizer comes through though strangers send a thousand bad tokens a minute', async () => {
    const results = await release(authorize, {
      requestsAMinute: 1_000,
      behaviour: { 1: { 'bad token': 1 }, 2: { 'bad token': 1 } },
    });

    expect(outcomes(results)).toEqual(['deployed', 'deployed']);
    expect(results.map(({ model }) => model.alarm(2))).toEqual(['OK', 'OK']);
  });

  test('A4: that was taken back is mended, and its successor comes through at once', async () => {
    for (const { model } of await release(approve, {
      requestsAMinute: 60,
      behaviour: { 1: well, 2: { faulty: 1 } },
    })) {
      const sent = await traffic(model, approve, { requestsAMinute: 60, behaviour: { 1: well, 3: well } });

      expect(model.release(1, 3, sent).outcome).toBe('deployed');
    }
  });

  test('B2: that has come through late fails loudly, and the alarm is quiet when the failures are over', async () => {
    const results = await release(approve, {
      requestsAMinute: 60,
      late: 4,
      behaviour: { 1: well, 2: { faulty: 1 } },
    });

    for (const { model, sent, outcome } of results) {
      expect(outcome).toBe('deployed');
      for (let minute = 0; minute < 5; minute++) model.minute(sent, 2);
      expect(model.alarm(2)).toBe('ALARM');
      for (let minute = 0; minute < 15; minute++) model.minute(() => undefined, 2);
      expect(model.alarm(2)).toBe('OK');
    }
  });

  /** The alarm as it was: both versions together, any failure, the newest minute, one name. */
  const asItWas = ({ alarm, ...released }: ReleasedFunction): ReleasedFunction => {
    const metric = (
      Id: string,
      Namespace: string,
      MetricName: string,
      dimensions: Record<string, string>,
    ) => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace,
          MetricName,
          Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        },
        Period: 60,
        Stat: 'Sum',
      },
    });
    const FunctionName = released.functionName;
    const old: AlarmProperties = {
      ...alarm,
      AlarmName: 'holdfast-production-fails',
      Metrics: [
        { Id: 'expr_1', Expression: 'FILL(failed, 0) + FILL(crashed, 0)' },
        metric('failed', 'Holdfast', 'Failed', { stage: 'production' }),
        metric('crashed', 'AWS/Lambda', 'Errors', { FunctionName, Resource: `${FunctionName}:live` }),
      ],
      Threshold: 0,
      EvaluationPeriods: 1,
      DatapointsToAlarm: 1,
    };
    return { ...released, alarm: old };
  };

  test('is judged by the model, which finds fault with the alarm as it was', async () => {
    const old = asItWas(approve);

    const [mended] = await release(old, { requestsAMinute: 60, behaviour: { 1: { crashed: 1 }, 2: well } });
    const [hiccup] = await release(old, {
      requestsAMinute: 3_000,
      behaviour: { 1: { answered: 0.999, faulty: 0.001 }, 2: well },
    });
    const [blind] = await release(old, {
      requestsAMinute: 60,
      late: 1,
      behaviour: { 1: well, 2: { faulty: 1 } },
    });

    expect([mended?.outcome, hiccup?.outcome, blind?.outcome]).toEqual([
      'refused at once',
      'refused at once',
      'deployed',
    ]);
  });
});
