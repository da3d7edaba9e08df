import { expect, test } from '@jest/globals';
import { listCommand } from '../../../../lib/holdfast/cli/list.ts';
import { createTicket, tickets } from './desk.ts';

const registry = {
  resources: [{ definition: tickets, file: '', actions: [{ definition: createTicket, file: '' }] }],
  operations: [],
  versions: [],
};

test('npm run list tells what each list is by, in which order, in which index, and what all of them cost', () => {
  const text = listCommand({ json: false }, registry);

  expect(text).toMatch(/^ {2}byCustomerAndState +customerId, state +createdAt, highest first +list-2$/m);
  expect(text).toMatch(/^ {2}overdue +customerId, urgent +dueDate, lowest first +list-3$/m);
  expect(text).toContain('each write costs 5 write units more for each KB that is shown');
  expect(JSON.parse(listCommand({ json: true }, registry)).resources[0].lists.byRank).toEqual({
    by: ['rank'],
    order: 'rank',
    first: 'highest',
    slot: 4,
  });
});
