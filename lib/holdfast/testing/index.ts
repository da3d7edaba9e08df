/** What a project tests its definitions with. */

import type { contractSuite as Contract } from './contract-suite.ts';
import type { crashProof as Crash } from './crash-proof.ts';
import type { exploreProof as Explore } from './explore-proof.ts';

export { decide, stored } from './decide.ts';
export type { Examples } from './examples.ts';
export { tryPartner } from './partner/try-partner.ts';

// Each is loaded when it is asked for: a test of one decision needs no local cloud.

/** Registers tests that hold every action of a service to the write contract: `await contractSuite(service, examples)`. */
export const contractSuite: typeof Contract = async (...given) =>
  (await import('./contract-suite.ts')).contractSuite(...given);

/** Registers tests that kill functions at their calls of AWS, and send the same again: `await crashProof(service, examples)`. */
export const crashProof: typeof Crash = async (...given) =>
  (await import('./crash-proof.ts')).crashProof(...given);

/** Registers tests that let two requests meet in every order of their calls, with a fault: `await exploreProof(service, examples)`. */
export const exploreProof: typeof Explore = async (...given) =>
  (await import('./explore-proof.ts')).exploreProof(...given);
