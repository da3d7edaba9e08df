import { describe, expect, test } from '@jest/globals';
import { CASES, isWrong } from './cases.ts';
import { check, missing } from './check.ts';

const lacking = await missing();

/** With one fault; `npm run prove -- spec --faults 2` takes minutes. */
const FAULTS = 1;

const told = CASES.map((each) => ({ ...each, name: [each.model, ...each.switches].join(' ') }));

// A skip shows in the count of the run, and its name says what to install. `.ci/run` installs both.
(lacking === undefined ? describe : describe.skip)(
  `a model, in every order of events${lacking === undefined ? '' : ` (${lacking})`}`,
  () => {
    test.each(told.filter((each) => !isWrong(each)))('$name holds, with a fault anywhere', async (each) => {
      expect(await check(each, FAULTS)).toMatchObject({ errors: 0 });
    });

    test.each(told.filter(isWrong))('$name dies', async (each) => {
      expect(await check(each, FAULTS)).toMatchObject({ errors: 1 });
    });
  },
);
