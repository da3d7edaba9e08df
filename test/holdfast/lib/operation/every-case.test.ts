import { describe, expect, test } from '@jest/globals';
import type { Entry } from '../../../../lib/holdfast/cli/operation/case.ts';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import { sectionsOf } from '../../../../lib/holdfast/cli/operation/explanation.ts';
import { asHtml } from '../../../../lib/holdfast/cli/operation/rendered/as-html.ts';
import { asText } from '../../../../lib/holdfast/cli/operation/rendered/as-text.ts';
import {
  isFinal,
  OPERATION_STATES,
  WAITING_REASONS,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { escapeHtml } from '../../../../lib/holdfast/core/problems/page.ts';
import { CLAIMED, caseOf, ID, NOW, noted, type Told, toldOf, waiting } from './cases.ts';

const TOLD = [
  'succeeded',
  'pending',
  'rejected: no such account',
  'unavailable',
  'unknown',
  'undeclared',
  'not-found',
];

/** Every answer as the last one, none, and none of a command that was not sent. */
const HISTORIES: readonly (readonly Entry[])[] = [
  [],
  noted(CLAIMED),
  ...TOLD.flatMap((told) => [
    noted(CLAIMED, { step: 'transfer', attempt: 1, told }),
    noted(CLAIMED, { step: 'transfer', attempt: 1, told: 'unknown' }, { step: 'transfer', attempt: 1, told }),
    noted(CLAIMED, { step: 'transfer', told }, { ...CLAIMED, attempt: 2 }),
    noted(
      CLAIMED,
      { step: 'transfer', told },
      { action: 'contradicted', step: 'transfer', told: 'succeeded' },
    ),
  ]),
  ...(['succeeded', 'failed', 'retry'] as const).map((outcome) =>
    noted(
      CLAIMED,
      { step: 'transfer', told: 'unknown', to: 'needs-attention' },
      { action: 'resolve', actor: 'carol', outcome, evidence: 'Ms Bell of the bank said so' },
    ),
  ),
  noted({ action: 'cancel', actor: 'bob', note: 'a typing error' }),
];

/** Each case with what is made of it, once: there are thousands. */
const COMBINATIONS: readonly Told[] = OPERATION_STATES.flatMap((state) =>
  [undefined, ...WAITING_REASONS].flatMap((reason) =>
    HISTORIES.flatMap((entries) =>
      (reason === undefined ? [60] : [60, -60]).map((until) =>
        toldOf(
          caseOf(
            { state, ...(reason !== undefined && waiting(reason, until)), cancelable: until > 0 },
            entries,
          ),
        ),
      ),
    ),
  ),
);

describe('every case that there can be', () => {
  test('has a sentence in each section that a supporter needs, and none that holds what is no word', () => {
    const needed = [
      'In short',
      'What happened',
      'Who decided',
      'What to do now',
      'Tell the customer',
    ] as const;
    const lacking = COMBINATIONS.filter(
      ({ explanation, section }) =>
        needed.some((heading) => section(heading) === '') ||
        /undefined|NaN|\[object|Invalid|its partner|null|\.\.|: ?\./.test(asText(explanation)),
    );

    expect(COMBINATIONS.length).toBeGreaterThan(4_000);
    expect(lacking).toEqual([]);
  });

  test('is told the same from the same facts, and at another time in other words for the time alone', () => {
    const given = caseOf(waiting('unknown'), noted(CLAIMED, { step: 'transfer', told: 'unknown' }));
    const timeless = (at: Date) =>
      asText(explain(given, at)).replaceAll(/\((in )?\d+ \w+( ago)?\)|^As of .*/gm, '');

    expect(explain(given, NOW)).toEqual(explain(given, NOW));
    expect(timeless(new Date(NOW.getTime() + 5_000))).toBe(timeless(NOW));
  });

  test('is told in the same sentences as text and as a page', () => {
    const missing = COMBINATIONS.filter(({ explanation }) => {
      const [text, html] = [asText(explanation), asHtml(explanation, '', 'Payouts')];
      return sectionsOf(explanation)
        .flatMap(([, sayings]) => sayings.map((saying) => (typeof saying === 'string' ? saying : saying.run)))
        .some((sentence) => !text.includes(sentence) || !html.includes(escapeHtml(sentence)));
    });

    expect(missing).toEqual([]);
  });

  test('in which a command may have been done forbids to have it done in any other way', () => {
    const careless = COMBINATIONS.filter(
      ({ section }) =>
        /may have been done|has not said yet that it is done/.test(section('In short')) &&
        !/not by a new payout, and not by hand at bank/.test(section('Never do this')),
    );

    expect(careless).toEqual([]);
  });

  test('says what became of what cannot be taken back, first, and one of three', () => {
    const three = [
      /^Nothing that cannot be taken back (is|was|has been) /,
      /^'transfer' by bank cannot be taken back, and may have been done\.$/,
      /^'transfer' by bank cannot be taken back, and was done\.$/,
    ];
    const lacking = COMBINATIONS.filter(({ explanation: { sections } }) => {
      const said = Object.values(sections)
        .flat()
        .filter((saying) => three.some((one) => typeof saying === 'string' && one.test(saying)));
      return said.length !== 1 || said[0] !== sections['In short']?.[0];
    });

    expect(lacking).toEqual([]);
  });

  test('tells an engineer nothing without saying when and why, and has nobody else read of code', () => {
    const vague = COMBINATIONS.filter(({ section }) => {
      const todo = section('What to do now');
      const urgent = todo.match(/[Tt]ell an engineer (at once, also at night|in working hours): \w/g) ?? [];
      return (
        urgent.length !== (todo.match(/an engineer(?! needs| may)/gi) ?? []).length ||
        /AccessDenied|npm run|curl|functions\/|metric|dispatcher|circuit breaker|dead-letter/i.test(todo)
      );
    });

    expect(vague).toEqual([]);
  });

  test('in which nobody knows tells the customer neither that it is carried out nor that it is not', () => {
    const sure = COMBINATIONS.filter(
      ({ section }) =>
        /may have been done\. Nobody knows|has not said yet that it is done/.test(section('In short')) &&
        section('Tell the customer') !==
          '"We are waiting for an answer and cannot yet say whether it is done. Please do not make another payout."',
    );

    expect(sure).toEqual([]);
  });

  test('that can be cancelled says how, and that cannot says why', () => {
    const silent = COMBINATIONS.filter(({ given: { about }, section }) => {
      if (about.kind !== 'operation' || isFinal(about.operation.state)) return false;
      return about.operation.cancelable
        ? !section('For the engineer').includes(`/operations/${ID}/cancel`) ||
            !section('What to do now').includes('It can still be cancelled')
        : !/It (cannot be cancelled (any more|now)|need not be cancelled again): /.test(section('In short'));
    });

    expect(silent).toEqual([]);
  });

  test('that is not final forbids to make a new payout, whatever is known', () => {
    const careless = COMBINATIONS.filter(
      ({ given: { about }, section }) =>
        about.kind === 'operation' &&
        !isFinal(about.operation.state) &&
        !/new payout/.test(section('Never do this')),
    );

    expect(careless).toEqual([]);
  });
});
