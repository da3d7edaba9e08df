import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../../lib/holdfast/cli/operation/case.ts';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import { asText } from '../../../../lib/holdfast/cli/operation/rendered/as-text.ts';
import { WAITING_REASONS } from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { problems } from '../../../../lib/holdfast/core/problems/problems.ts';
import { CLAIMED, caseOf, ID, NOW, noted, sectionOf, toldOf, waiting } from './cases.ts';

describe('what may have been done', () => {
  const inShort = (...told: readonly Partial<Entry>[]) =>
    sectionOf(caseOf(waiting('unknown'), noted(CLAIMED, ...told)), 'In short');
  const report = (told: string, attempt = 1) => ({ step: 'transfer', told, attempt });
  const again = { ...CLAIMED, attempt: 2 };

  test.each([['unknown'], ['undeclared'], ['not-found']])('is in doubt after %s', (told) => {
    expect(inShort(report(told))).toContain(
      "'transfer' was sent to bank, and may have been done. Nobody knows yet.",
    );
  });

  test('is in doubt although a later attempt was not done', () => {
    expect(inShort(report('unknown'), again, report('unavailable', 2))).toContain('may have been done');
  });

  test('is in doubt again when a person has it tried once more after a refusal', () => {
    expect(inShort(report('rejected: closed'), again)).toContain('may have been done');
  });

  test('is not in doubt where each attempt was answered by nothing done', () => {
    expect(inShort(report('unavailable'), again, report('unavailable', 2))).toContain(
      "'transfer' was not done by bank so far.",
    );
  });

  test('is in doubt where one attempt was answered twice so, and another was not', () => {
    const answers = [report('not-found'), again, report('unavailable', 2), report('unavailable', 2)];

    expect(inShort(...answers)).toContain('may have been done');
  });

  test('is known where a person has found it done, and not where another has it tried again', () => {
    const found = { action: 'resolve', step: 'transfer', outcome: 'succeeded' } as const;

    expect(inShort(report('unknown'), found)).not.toContain('may have been done');
    expect(inShort(report('unknown'), found, { ...found, outcome: 'retry' })).toContain('may have been done');
  });

  test('is not in doubt for a step that the operation has left behind, by whatever release', () => {
    const given = caseOf(
      {},
      noted({ action: 'claim', step: 'screen' }, { action: 'report', step: 'transfer' }),
    );

    expect(sectionOf(given, 'In short')).toContain("'transfer' has not been sent to bank yet.");
    expect(asText(explain(given, NOW))).not.toContain('may have been done');
  });
});

describe('a person who is needed', () => {
  const given = (detail: string) =>
    caseOf(
      { state: 'needs-attention', problem: { detail } },
      noted(CLAIMED, { step: 'transfer', told: 'unknown' }),
    );

  test('is told whom to ask by which reference, and the three ways to say what was found out', () => {
    const { section } = toldOf(given('nobody can tell whether bank did it'));
    const told = section('For the engineer');

    expect(section('What to do now')).toContain(
      "1. Ask bank whether 'transfer' was done. bank knows it by a reference that begins with po_1.",
    );
    expect(told.split(`https://api.example.com/operations/${ID}/resolve`)).toHaveLength(4);
    expect(told.match(/"outcome":"\w+"/g)).toEqual([
      '"outcome":"succeeded"',
      '"outcome":"failed"',
      '"outcome":"retry"',
    ]);
    expect(told).not.toContain('leave');
    expect(told).toContain('token -- --stage dev');
  });

  test('leaves the resource alone where the reason says so', () => {
    const told = sectionOf(
      given("left by pay; put that right and resolve by retry, or resolve with resource 'leave'"),
      'For the engineer',
    );

    expect(told.match(/"resource":"leave"/g)).toHaveLength(3);
  });

  test('is named with the evidence that was given', () => {
    const entries = noted(
      CLAIMED,
      { step: 'transfer', told: 'unknown' },
      {
        action: 'resolve',
        actor: 'carol',
        outcome: 'succeeded',
        evidence: 'Ms Bell of the bank said so',
      },
    );

    expect(sectionOf(caseOf({}, entries), 'Who decided')).toBe(
      'carol decided at 09:59:59 UTC (1 second ago) that \'transfer\' was done, on this evidence: "Ms Bell of the bank said so".',
    );
  });
});

describe('what is stuck', () => {
  test.each([
    ['accepted', 'dispatcher'],
    ['running', 'dead-letter queue'],
  ] as const)('while %s is for an engineer after two minutes, and not before', (state, place) => {
    const given = caseOf({ state });
    const later = explain(given, new Date(NOW.getTime() + 121_000)).sections;

    expect(sectionOf(given, 'What to do now')).toMatch(
      /^1\. Do nothing yet\. Look again at 10:00:40 UTC.*\n2\. If it has not moved on by then, tell an engineer at once/,
    );
    expect(later['What to do now']?.[0]).toMatch(
      /^Tell an engineer at once, also at night: probably no operation/,
    );
    expect(later['For the engineer']?.join()).toContain(place);
  });
});

describe('what waits', () => {
  const given = (reason: (typeof WAITING_REASONS)[number]) =>
    caseOf(waiting(reason), noted(CLAIMED, { step: 'transfer', told: 'unknown' }));

  test.each(WAITING_REASONS.filter((reason) => reason !== 'queue'))(
    'for the reason %s is not promised to be settled by the next attempt, and is for an engineer once that is overdue',
    (reason) => {
      const todo = (minutes: number) =>
        String(explain(given(reason), new Date(NOW.getTime() + minutes * 60_000)).sections['What to do now']);

      expect(todo(0)).toMatch(/(Do nothing yet|Then wait)\..*(may not settle|does not finish) it/);
      expect(todo(0)).toMatch(/Ask for this page again at 10:12:00 UTC .*tell an engineer at once/);
      expect(todo(11)).not.toContain('this is overdue');
      expect(todo(13)).toContain('Tell an engineer at once, also at night: this is overdue.');
      expect(todo(13)).not.toMatch(/Do nothing yet|Then wait|Ask for this page again/);
    },
  );

  test('for a callback is not said to be uncalled, since a call may have been refused', () => {
    const text = asText(explain(given('callback'), NOW));

    expect(text).toContain('either it has not called, or its call was refused');
    expect(text).toMatch(/If it has called: tell an engineer at once.*all its calls are refused/);
    expect(text).not.toContain('It has not called yet');
  });

  test('for an answer that nobody has declared says that the word is kept nowhere, and how it is recognised', () => {
    const undeclared = caseOf(waiting('unknown'), noted(CLAIMED, { step: 'transfer', told: 'undeclared' }));

    expect(sectionOf(undeclared, 'For the engineer')).toMatch(
      /The word itself is kept nowhere.*partner-bank.*UndeclaredAnswers[\s\S]*sha256sum/,
    );
  });
});

describe('a refusal', () => {
  test.each(Object.entries(problems).filter(([, { recovery }]) => recovery === 'refresh'))(
    'of %s says that something was done only to whoever wanted just that',
    (code, row) => {
      const { sections } = explain(caseOf({}, [], { refusal: { code, row } }), NOW);

      const told = Object.values(sections)
        .flat()
        .filter((each) => typeof each === 'string');
      const done = told.filter((sentence) => /has been done|carried out before/.test(sentence));
      expect(done.length).toBeGreaterThan(0);
      for (const sentence of done)
        expect(sentence).toMatch(/^(\d\. )?If the customer is alice and wanted 'disburse': /);
    },
  );

  test.each(Object.entries(problems))(
    'of %s has what the customer was told, what to do, and what to tell',
    (code, row) => {
      for (const given of [
        caseOf({}, [], { refusal: { code, row }, about: { kind: 'request', id: 'r-1' } }),
        caseOf({}, [], { refusal: { code, row } }),
      ]) {
        expect(sectionOf(given, 'What the customer was told')).toContain(`(${code})`);
        expect(sectionOf(given, 'What to do now')).not.toBe('');
        expect(sectionOf(given, 'For the engineer')).toContain(row.check);
        expect(sectionOf(given, 'Tell the customer')).toContain(row.tell);
      }
    },
  );
});
