import { describe, expect, test } from '@jest/globals';
import { Problem, titleOf } from '../../../lib/holdfast/core/problems/problem.ts';
import { problems } from '../../../lib/holdfast/core/problems/problems.ts';

describe('a problem', () => {
  test('is an error whose message is its detail, or else its title', () => {
    expect(new Problem('invalid-query', { detail: 'limit is 0' }).message).toBe('limit is 0');
    expect(new Problem('not-found', { resource: 'payout' }).message).toBe('There is no such payout');
    expect(new Problem('not-found')).toMatchObject({ name: 'Problem', row: problems['not-found'] });
  });

  test('of the domain brings its own row', () => {
    const row = { ...problems['access-denied'], title: 'The {resource} is frozen' };

    expect(new Problem('frozen', { resource: 'account' }, row)).toMatchObject({
      code: 'frozen',
      row,
      message: 'The account is frozen',
    });
  });

  test('stays itself, and takes anything else for an internal error that keeps its cause', () => {
    const problem = new Problem('not-found');
    const thrown = [new TypeError('x'), 'text', undefined, null, 7, { code: 'not-found' }];

    const made = thrown.map((value) => Problem.from(value));

    expect(Problem.from(problem)).toBe(problem);
    expect(made.map(({ cause }) => cause)).toEqual(thrown);
    expect(made.every(({ code }) => code === 'internal-error')).toBe(true);
  });

  test('names the resource in its title', () => {
    expect(titleOf(problems['not-found'], 'tax return')).toBe('There is no such tax return');
    expect(titleOf(problems['not-found'])).toBe('There is no such resource');
  });
});
