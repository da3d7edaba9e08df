import { describe, expect, test } from '@jest/globals';
import { frozenPart, readFrozen } from '../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import { RECEIPT_FORMS, type ReceiptForms } from '../../../lib/holdfast/cdk/templates/receipt-forms.ts';

const release = (receipts?: ReceiptForms) =>
  frozenPart(
    [
      {
        name: 'x-service',
        template: { Resources: {}, Metadata: { holdfast: { ...(receipts && { receipts }) } } },
      },
    ],
    {},
  );

const ALONE = release();
const BOTH = release({ read: 2, written: 1 });
const TOGETHER = release({ read: 2, written: 2 });

describe('a release that lets receipts leave in another form', () => {
  test('is deployed over one that finds them there, and gives way to it again', () => {
    expect(refusals(ALONE, BOTH)).toEqual([]);
    expect(refusals(BOTH, TOGETHER)).toEqual([]);
    expect(refusals(TOGETHER, BOTH)).toEqual([]);
    expect(refusals(frozenPart([], {}), TOGETHER)).toEqual([]);
  });

  test('is refused over one that does not, and so is that one after it: a retry would act twice', () => {
    expect(refusals(ALONE, TOGETHER)).toEqual([
      expect.stringMatching(/^receipts would be kept where .* deploy release 0\.8 of holdfast first/),
    ]);
    expect(refusals(TOGETHER, ALONE)).toEqual([
      expect.stringMatching(/keeps receipts where this one does not look/),
    ]);
  });

  test('says so in what is recorded', () => {
    expect(readFrozen().receipts).toEqual(RECEIPT_FORMS);
  });
});
