import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFrozen } from '../../../lib/holdfast/cdk/templates/frozen.ts';
import { type Copy, copyRepository } from '../support/copy.ts';
import { addActions, type Counts, synthesizeCopy } from '../support/many-actions.ts';

describe('a service of a hundred actions more', () => {
  let copy: Copy;
  let counts: readonly Counts[];
  beforeAll(async () => {
    copy = await copyRepository();
    await addActions(copy, 100);
    ({ counts } = await synthesizeCopy(copy, 'production'));
  });
  afterAll(() => copy.remove());

  // CloudFormation: 500 resources, 200 parameters and 200 outputs a stack, 1 MB a template; 2,500 resources with all nested ones.
  test('keeps each stack well below what CloudFormation takes', () => {
    const largest = (of: keyof Omit<Counts, 'stack'>) => Math.max(...counts.map((each) => each[of]));

    expect(largest('resources')).toBeLessThan(450);
    expect(largest('bytes')).toBeLessThan(900_000);
    expect(largest('outputs')).toBeLessThan(180);
    expect(largest('parameters')).toBeLessThan(180);
    expect(counts.reduce((sum, { resources }) => sum + resources, 0)).toBeLessThan(2_500);
  });

  test('keeps the API below the 300 paths that API Gateway takes', () => {
    expect(counts.reduce((sum, { paths }) => sum + paths, 0)).toBeLessThan(300);
  });

  test('nests 25 functions a stack', () => {
    const nested = counts.filter(({ stack }) => stack.includes('/Functions'));

    const functions = Object.keys(readFrozen().nests).length + 100;
    expect(nested).toHaveLength(Math.ceil(functions / 25));
  });
});
