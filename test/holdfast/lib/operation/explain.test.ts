import { describe, expect, test } from '@jest/globals';
import type { Case, Entry } from '../../../../lib/holdfast/cli/operation/case.ts';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import {
  type Explanation,
  type Heading,
  sectionsOf,
} from '../../../../lib/holdfast/cli/operation/explanation.ts';
import { asHtml } from '../../../../lib/holdfast/cli/operation/rendered/as-html.ts';
import { asText } from '../../../../lib/holdfast/cli/operation/rendered/as-text.ts';
import {
  isFinal,
  OPERATION_STATES,
  WAITING_REASONS,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { escapeHtml } from '../../../../lib/holdfast/core/problems/page.ts';
import { problems } from '../../../../lib/holdfast/core/problems/problems.ts';
import { CLAIMED, caseOf, ID, NOW, noted, waiting } from './cases.ts';

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

interface Told {
  readonly given: Case;
  readonly explanation: Explanation;
  readonly section: (heading: Heading) => string;
}

function toldOf(given: Case): Told {
  const explanation = explain(given, NOW);
  const section = (heading: Heading) =>
    (explanation.sections[heading] ?? [])
      .map((saying) => (typeof saying === 'string' ? saying : saying.run))
      .join('\n');
  return { given, explanation, section };
}

const sectionOf = (given: Case, heading: Heading): string => toldOf(given).section(heading);

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

describe('what may have been done', () => {
  const inShort = (...told: readonly Partial<Entry>[]) =>
    sectionOf(caseOf(waiting('unknown'), noted(CLAIMED, ...told)), 'In short');
  const report = (told: string) => ({ step: 'transfer', told });

  test.each([['unknown'], ['undeclared'], ['not-found']])('is in doubt after %s', (told) => {
    expect(inShort(report(told))).toContain(
      "'transfer' was sent to bank, and may have been done. Nobody knows yet.",
    );
  });

  test('is in doubt although a later attempt was not done', () => {
    expect(inShort(report('unknown'), { ...CLAIMED, attempt: 2 }, report('unavailable'))).toContain(
      'may have been done',
    );
  });

  test('is in doubt again when a person has it tried once more after a refusal', () => {
    expect(inShort(report('rejected: closed'), { ...CLAIMED, attempt: 2 })).toContain('may have been done');
  });

  test('is not in doubt where each attempt was answered by nothing done', () => {
    expect(inShort(report('unavailable'), CLAIMED, report('unavailable'))).toContain(
      "'transfer' was not done by bank so far.",
    );
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
    const told = sectionOf(given('nobody can tell whether bank did it'), 'What to do now');

    expect(told).toContain(
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
      'What to do now',
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
    const later = explain(given, new Date(NOW.getTime() + 121_000)).sections['What to do now'] ?? [];

    expect(sectionOf(given, 'What to do now')).toMatch(/^Do nothing yet\. Look again at 10:00:40 UTC/);
    expect(later[0]).toBe('Tell an engineer now.');
    expect(later.join()).toContain(place);
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
        expect(sentence).toMatch(/^If the customer is alice and wanted 'disburse': /);
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
        expect(sectionOf(given, 'What to do now')).toContain(row.check);
        expect(sectionOf(given, 'Tell the customer')).toContain(row.tell);
      }
    },
  );
});
