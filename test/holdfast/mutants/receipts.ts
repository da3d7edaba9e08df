import type { Mutant } from './mutants.ts';

/** Bugs of receipts that leave their item. */
export const RECEIPTS: readonly Mutant[] = [
  {
    name: 'receipts that leave together are put where others were',
    edits: [
      [
        'lib/holdfast/runtime/records/spilled-receipts.ts',
        "randomBytes(6).toString('base64url')",
        "randomBytes(6).fill(0).toString('base64url')",
      ],
    ],
    caught: { test: 'test/holdfast/wire/receipts-left.test', named: 'of two hundred writes' },
    symptom: /› of two hundred writes.*Expected/s,
  },
  {
    name: 'receipts leave once the write has dropped them',
    edits: [
      [
        'lib/holdfast/runtime/records/dynamodb-store.ts',
        '  await answered(Promise.all(before.map(',
        '  setTimeout(() => undefined, 0);\n  if (before.length === 0) await answered(Promise.all(before.map(',
      ],
    ],
    caught: { test: 'test/holdfast/wire/receipts-left.test', named: 'is put before the write that drops it' },
    symptom: /› is put before the write that drops it/,
  },
];
