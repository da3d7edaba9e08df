import type { Step } from '../../core/definitions/define-operation.ts';
import type { WaitingReason } from '../../core/operations/operation-progress.ts';
import { sayingUnavailable, tablesOf } from '../../core/partners/answers.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import type { Faults } from '../../local/partners/faults.ts';

/** How one reason to wait comes about. */
export type Wait =
  /** A partner does something wrong to one operation, and to no other. */
  | {
      readonly faults: Partial<Faults>;
      readonly fits: (partner: Partner) => boolean;
      /** What a partner needs for it, as in "no partner of the service …". */
      readonly lacking: string;
    }
  /** Its queue holds the commands of one tenant. */
  | { readonly queue: true }
  /** What all consumers of a partner share; others of the partner may wait as well, as on AWS. */
  | { readonly shared: (partner: Partner, now: number) => Readonly<Record<string, number>> };

/** Long enough to be looked at, and to be sent by hand. */
const SECONDS = 30;

const says = (partner: Partner, word: 'pending' | 'notFound') =>
  tablesOf(partner.answers).some((answers) => (answers[word] ?? []).length > 0);

export const WAITS: Readonly<Record<WaitingReason, Wait>> = {
  rate: {
    shared: ({ ratePerSecond }, now) => ({ second: Math.floor(now / 1000), calls: ratePerSecond }),
  },
  breaker: { shared: (_, now) => ({ openUntil: now + (SECONDS / 3) * 1000 }) },
  queue: { queue: true },
  unavailable: {
    faults: { unavailableSeconds: SECONDS },
    fits: ({ answers }) => tablesOf(answers).some((each) => sayingUnavailable(each) !== undefined),
    lacking: "has a status or a word for 'unavailable' in its answers",
  },
  callback: {
    faults: { neverCallback: 1 },
    fits: ({ callback, callbackSeconds }) => callback !== undefined && callbackSeconds !== undefined,
    lacking: 'calls back',
  },
  pending: {
    faults: { booksLateMs: SECONDS * 1000 },
    fits: (partner) => partner.callbackSeconds === undefined && says(partner, 'pending'),
    lacking: "has a word for 'pending' and is asked, without calling back",
  },
  unknown: { faults: { error: 1 }, fits: () => true, lacking: 'is called' },
  'not-found': {
    faults: { error: 1 },
    fits: (partner) => partner.query !== undefined && says(partner, 'notFound'),
    lacking: "is asked, and has a word for 'not found'",
  },
};

/** The partner of the first of these steps that can make an operation wait so. */
export const partnerFor = (wait: Wait, steps: readonly Step[]): Partner | undefined =>
  'faults' in wait ? steps.find(({ partner }) => wait.fits(partner))?.partner : steps[0]?.partner;
