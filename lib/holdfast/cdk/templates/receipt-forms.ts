import type { CloudFormationTemplate } from './templates.ts';

/** Forms in which receipts leave an item: 1 is each for itself, 2 many together. A release reads those up to one, and writes one. */
export interface ReceiptForms {
  readonly read: number;
  readonly written: number;
}

/** Those of this release; the template of its service stack says them, for the release after it. */
export const RECEIPT_FORMS: ReceiptForms = { read: 2, written: 2 };

/** Those of the release that a service stack's template is of. One from before there were two says nothing. */
export const receiptFormsOf = ({ Metadata }: CloudFormationTemplate): ReceiptForms =>
  Metadata?.holdfast?.receipts ?? { read: 1, written: 1 };

/**
 * A request whose receipt is where a release does not look acts twice. Two releases run side by side during a deployment, and
 * after a rollback the older one runs alone: each has to read all that the other writes.
 */
export function receiptRefusals(
  before: ReceiptForms | undefined,
  after: ReceiptForms | undefined,
): readonly string[] {
  if (before === undefined || after === undefined) return [];
  return [
    ...(after.written > before.read
      ? [
          'receipts would be kept where the deployed release does not look, so that retries would act twice; deploy release 0.8 of holdfast first, which reads both, then this one',
        ]
      : []),
    ...(after.read < before.written
      ? [
          'the deployed release keeps receipts where this one does not look, so that retries would act twice; deploy release 0.8 of holdfast, or a later one',
        ]
      : []),
  ];
}
