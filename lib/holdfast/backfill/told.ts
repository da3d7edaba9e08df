import type { Backfilled } from './backfill.ts';

/** What became of a backfill, for a person. */
export const toldOf = ({ looked, written, taken, completed }: Backfilled): readonly string[] => [
  `looked at ${looked} ${looked === 1 ? 'item' : 'items'}, and gave ${written} of them what they lacked`,
  ...taken.map(({ pk, label }) => `${pk}: something else has ${label}; resolve that, then run it again`),
  ...(completed.length > 0 ? [`complete: ${completed.join(', ')}`] : []),
];
