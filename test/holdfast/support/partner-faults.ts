import type { Faults } from '../../../lib/holdfast/local/partners/faults.ts';

/** Half of the time not at all. */
const chance = (random: () => number, most: number) => (random() < 0.5 ? 0 : random() * most);

/** What the simulated bank does wrong for a while, drawn at random. */
export const bankFaults = (random: () => number): Partial<Faults> => ({
  latencyMs: chance(random, 50),
  error: chance(random, 0.4),
  dropAnswer: chance(random, 0.5),
  lateMs: random() < 0.1 ? 900 : 0,
  booksLateMs: random() < 0.3 ? 400 : 0,
  reject: chance(random, 0.2),
});

/** What the simulated screening does wrong for a while, drawn at random. */
export const screeningFaults = (random: () => number): Partial<Faults> => ({
  latencyMs: chance(random, 50),
  error: chance(random, 0.4),
  dropAnswer: chance(random, 0.4),
  reject: chance(random, 0.2),
  duplicateCallback: chance(random, 0.8),
  earlyCallback: chance(random, 0.8),
  neverCallback: chance(random, 0.3),
  callbackMs: chance(random, 300),
  wrongSignature: random() < 0.1,
  skewSeconds: random() < 0.1 ? 900 : 0,
});
