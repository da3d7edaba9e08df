/** What a project tests its definitions with. */

import type { Service } from '../service/define-service.ts';
import type { contractSuite as Contract } from './contract-suite.ts';
import type { CrashOptions } from './crash-proof.ts';
import type { Examples } from './examples.ts';
import type { ScheduleOptions } from './explore-proof.ts';

export { decide, stored } from './decide.ts';
export type { Examples } from './examples.ts';
export { tryPartner } from './partner/try-partner.ts';

// Each is loaded when it is asked for: a test of one decision needs no local cloud.

/** Registers tests that hold every action of a service to the write contract: `await contractSuite(service, examples)`. */
export const contractSuite: typeof Contract = async (...given) =>
  (await import('./contract-suite.ts')).contractSuite(...given);

/**
 * Registers tests that kill functions at their calls of AWS, and send the same again: `await crashProof(service, examples,
 * { points: 16 })` in a local cloud, at so many points; `{ faults: 1 }` for two requests at once, in every order of their
 * calls and with so many faults at them.
 */
export const crashProof = async (
  service: Service,
  examples: Examples,
  options: CrashOptions | ScheduleOptions,
): Promise<void> =>
  'faults' in options
    ? (await import('./explore-proof.ts')).exploreProof(service, examples, options)
    : (await import('./crash-proof.ts')).crashProof(service, examples, options);
