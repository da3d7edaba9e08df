import type { Skip } from '../e2e/skips.ts';

const SUBJECTS = 'two people of one tenant act in it, and one token is one of them';
const TENANTS = 'it needs a tenant of its own, and one token has one for good';

/** Tests of this folder, which is the sample's, that are left out where there is one token. */
export default [
  { names: /of an older version creates, reads and lists/, because: TENANTS },
  { names: /moves through its states|its submitter approves/, because: SUBJECTS },
] satisfies readonly Skip[];
