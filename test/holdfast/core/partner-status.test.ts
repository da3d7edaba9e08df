import { describe, expect, test } from '@jest/globals';
import bank from '../../../functions/partners/bank.ts';
import type { Operation } from '../../../lib/holdfast/core/definitions/define-operation.ts';
import { publicPartners, statusBody } from '../../../lib/holdfast/core/operations/partner-status.ts';
import { definePartner, type Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import { checkStatus } from '../../../lib/holdfast/service/check-status.ts';
import service from '../../../lib/service.ts';
import operations from '../support/registered-operations.ts';

const READ_AT = Date.parse('2026-11-01T09:00:00Z');

const partner = { publicName: 'The bank', openUntil: READ_AT + 30_000 };

test('a partner whose breaker is open is left alone until it closes, and called from that millisecond on', () => {
  const after = (ms: number) => statusBody([partner], READ_AT, READ_AT + ms);

  expect(after(29_999)).toEqual({
    asOf: '2026-11-01T09:00:00.000Z',
    partners: [{ name: 'The bank', state: 'left-alone', until: '2026-11-01T09:00:30.000Z' }],
  });
  expect(after(30_000).partners).toEqual([{ name: 'The bank', state: 'called' }]);
});

test('a partner that has never failed is called', () => {
  expect(statusBody([{ ...partner, openUntil: undefined }], READ_AT, READ_AT).partners).toEqual([
    { name: 'The bank', state: 'called' },
  ]);
});

/** The operations of the sample, with this partner in place of each of their own. */
const calling = (...partners: readonly Partner[]): readonly Operation[] =>
  partners.flatMap((partner) =>
    operations.map((operation) => ({
      ...operation,
      steps: operation.steps.map((step) => ({ ...step, partner })),
    })),
  );

const { publicName: _, ...unnamed } = bank;

test('a partner without a public name is not told of, and one of two steps is told of once', () => {
  expect(publicPartners(calling(bank, unnamed)).map(({ publicName }) => publicName)).toEqual(['The bank']);
});

describe('a stage with status: true is refused', () => {
  const check = (stage: string, ...partners: readonly Partner[]) =>
    checkStatus({ stage, service, status: true }, calling(...partners));

  test('where it is a team’s, and no partner has a public name', () => {
    expect(() => check('production', unnamed)).toThrow(
      "stage 'production' in lib/service.ts has status: true, and no partner that an operation calls has a publicName; give one to each partner that everybody may know of, or remove status",
    );
    expect(() => check('local', unnamed)).not.toThrow();
    expect(() => check('production', bank, unnamed)).not.toThrow();
  });

  test('where two partners have one public name', () => {
    expect(() => check('local', bank, { ...bank, name: 'other-bank' })).toThrow(
      "partners 'bank' and 'other-bank' both have publicName 'The bank', so GET /status could not tell them apart; change one of them",
    );
  });
});

test.each(['', ' bank', 'bank ', 'x'.repeat(61), 'two\nlines'])('%j is no public name', (publicName) => {
  expect(() => definePartner({ ...bank, publicName })).toThrow(
    `partner 'bank': its publicName is ${JSON.stringify(publicName)}; write 1 to 60 characters on one line, with no space at either end`,
  );
});
