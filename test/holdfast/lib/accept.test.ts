import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from '@jest/globals';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import type { AcceptanceRun } from '../accept/account.ts';
import { type Check, chosenOf, outcomeOf, report, Skip, shown } from '../accept/outcome.ts';
import { deleteStack, STAGE, TAG } from '../accept/stacks.ts';
import { emulatedUrl } from '../e2e/emulated-account.ts';

const run = { id: 'a1', emulated: false, region: 'eu-west-1' } as unknown as AcceptanceRun;

const check = (of: Partial<Check>): Check => ({
  letter: 'X',
  what: 'it holds',
  means: 'look there',
  run: async () => undefined,
  ...of,
});

describe('npm run accept', () => {
  test('says of a check that fails what came instead, and what that means', async () => {
    const fails = check({
      run: async () => {
        throw new Error('403 came');
      },
    });

    const outcome = await outcomeOf(fails, run);

    expect(shown(outcome).split('\n')).toEqual([
      'FAIL X  it holds (0 s)',
      '        403 came',
      '        look there',
    ]);
  });

  test('tries with a check the one that it begins from, in their order, and refuses a letter that none has', () => {
    const checks = [
      check({ letter: '0', needed: true }),
      check({ letter: 'L' }),
      check({ letter: 'N' }),
      check({ letter: 'E', after: 'L' }),
    ];
    const chosen = (...letters: string[]) => chosenOf(checks, letters).map(({ letter }) => letter);

    expect(chosen('E')).toEqual(['0', 'L', 'E']);
    expect(chosen('N')).toEqual(['0', 'N']);
    expect(chosenOf(checks)).toEqual(checks);
    expect(() => chosen('E', 'Z')).toThrow("--only names 'Z', which no check has; choose from 0,L,N,E");
  });

  test('names what it skips, and why', async () => {
    const skips = check({
      run: async () => {
        throw new Skip('there is one client');
      },
    });

    expect(shown(await outcomeOf(skips, run))).toBe('skip X  it holds (0 s)\n        there is one client');
  });

  test('does not try on an emulated account what that cannot tell', async () => {
    let tried = 0;
    const real = check({
      notEmulated: 'it evaluates no alarm',
      run: async () => {
        tried += 1;
      },
    });

    const outcomes = [await outcomeOf(real, { ...run, emulated: true }), await outcomeOf(real, run)];

    expect(outcomes.map(({ is, said }) => [is, said])).toEqual([
      ['skip', 'it evaluates no alarm'],
      ['ok', undefined],
    ]);
    expect(tried).toBe(1);
  });

  test('does not try on an account what only an emulated one is to try', async () => {
    const only = check({ onlyEmulated: 'it takes one more deployment' });

    const outcomes = [await outcomeOf(only, run), await outcomeOf(only, { ...run, emulated: true })];

    expect(outcomes.map(({ is, said }) => [is, said])).toEqual([
      ['skip', 'it takes one more deployment'],
      ['ok', undefined],
    ]);
  });

  test('says of a doubt that fails what AWS documents of it', async () => {
    const doubt = check({
      says: 'nothing is said of it: https://docs.aws.amazon.com/x',
      run: async () => {
        throw new Error('403 came');
      },
    });

    expect(shown(await outcomeOf(doubt, run))).toMatch(
      / {8}look there\n {8}documented: nothing is said of it: https:\/\/docs\.aws\.amazon\.com\/x$/,
    );
  });

  test('finds at the emulator what has a host name of its own on AWS', () => {
    const at = (url: string) => emulatedUrl('http://127.0.0.1:4566', url);

    expect(at('https://a1b2.execute-api.eu-west-1.amazonaws.com/acceptance/')).toBe(
      'http://127.0.0.1:4566/_aws/execute-api/a1b2/acceptance',
    );
    expect(at('https://w0u1.lambda-url.eu-west-1.on.aws/')).toBe(
      'http://127.0.0.1:4566/_aws/lambda-url/w0u1',
    );
  });

  test('writes a report that names no account', () => {
    const said = 'arn:aws:sns:eu-west-1:123456789012:topic refused';

    const text = report({
      run,
      outcomes: [{ letter: 'B', what: 'an alarm | its topic', is: 'FAIL', said, seconds: 20 }],
      left: ['log group /aws/lambda/123456789012'],
      seconds: 61,
    });

    expect(text).toContain(
      '| B | an alarm \\| its topic | FAIL: arn:aws:sns:eu-west-1:ACCOUNT:topic refused | 20 |',
    );
    expect(text).not.toMatch(/\d{12}/);
  });

  test.each([[[]], [[{ Key: TAG, Value: 'another' }]]])(
    'deletes no stack that carries the tags %j',
    async (Tags) => {
      const sent: string[] = [];
      const client = {
        send: async (command: object) => {
          sent.push(command.constructor.name);
          return {
            Stacks: [{ StackName: 'holdfast-acceptance-state', StackStatus: 'CREATE_COMPLETE', Tags }],
          };
        },
      } as unknown as CloudFormationClient;

      await expect(deleteStack(client, 'holdfast-acceptance-state', 'a1')).rejects.toThrow(
        "does not carry the tag holdfast-accept=a1, so it is not this run's; it stays",
      );
      expect(sent).toEqual(['DescribeStacksCommand']);
    },
  );

  test('tries a stage whose data nobody keeps, with two clients of one tenant', () => {
    const { retainData, userPool, canary } = stageConfig(STAGE);

    expect({
      retainData,
      canary,
      tenants: Object.values(userPool?.clients ?? {}).map(({ tenant }) => tenant),
    }).toEqual({
      retainData: false,
      canary: true,
      tenants: ['acceptance', 'acceptance'],
    });
  });
});
