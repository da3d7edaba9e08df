import { expect, test } from '@jest/globals';
import { decide } from 'holdfast/testing';
import create from '../../../functions/actions/customers/create.ts';

test('a customer owes nothing at first, in the currency of the limit', () => {
  const { next } = decide(create, undefined, {
    name: 'Lovelace Ltd',
    limit: { currency: 'JPY', value: '9000' },
  });

  expect(next.data).toMatchObject({ outstanding: { currency: 'JPY', value: '0' } });
});
