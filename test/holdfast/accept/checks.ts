import { ACCOUNT_CHECKS } from './checks-of-account.ts';
import { COMMAND_CHECKS, KILLED_CHECKS } from './checks-of-commands.ts';
import { GATEWAY_DOUBTS, RELEASE_DOUBTS } from './checks-of-doubts.ts';
import { RELEASE_CHECKS } from './checks-of-releases.ts';
import { REQUEST_CHECKS } from './checks-of-requests.ts';
import type { Check } from './outcome.ts';

/** Every doubt, in the order in which it is tried. */
export const CHECKS: readonly Check[] = [
  ...KILLED_CHECKS,
  ...ACCOUNT_CHECKS,
  ...REQUEST_CHECKS,
  ...GATEWAY_DOUBTS,
  ...COMMAND_CHECKS,
  ...RELEASE_CHECKS,
  ...RELEASE_DOUBTS,
];
