import { describe, expect, test } from '@jest/globals';
import { resourceEntries } from '../../../../lib/holdfast/cdk/bundles/function-entry.ts';
import type { Grant } from '../../../../lib/holdfast/cdk/bundles/needs.ts';
import { type Frozen, frozenPart } from '../../../../lib/holdfast/cdk/templates/frozen.ts';
import { refusals } from '../../../../lib/holdfast/cdk/templates/frozen-refusals.ts';
import { rulesIn } from '../../../../lib/holdfast/cdk/templates/rules.ts';
import { tasks } from '../../support/tasks.ts';
import { createTicket, tickets } from './desk.ts';

const registered = { definition: tickets, file: '', actions: [{ definition: createTicket, file: '' }] };
const plain = { definition: tasks, file: '', actions: [] };

const sentence = ({ actions, on }: Grant) =>
  typeof on === 'object' && 'keys' in on
    ? `${actions.join()} on ${on.index ?? on.table} of ${on.keys.join()}`
    : '';

describe('the function of a list', () => {
  test('may read the indexes of its lists for its own resource, and what a backfill has recorded of it', () => {
    const { entry, needs } = resourceEntries(registered).list;

    expect(entry).toBe('extended-list-entry.ts');
    expect(needs.grants.map(sentence)).toEqual([
      'dynamodb:Query on by-time of tickets#*',
      'dynamodb:Query on by-state of tickets#*',
      ...[1, 2, 3, 4, 5].map((slot) => `dynamodb:Query on list-${slot} of tickets#*`),
      'dynamodb:GetItem on records of backfills#tickets',
    ]);
  });

  test('is the plain one where a resource has no lists, and may read no more than it did', () => {
    const { entry, needs } = resourceEntries(plain).list;

    expect([entry, needs.grants.length]).toEqual(['list-entry.ts', 2]);
  });

  test('is the only one of its resource that may read them', () => {
    const { get, history, actions } = resourceEntries(registered);

    expect(
      [get, history, ...actions.values()]
        .flatMap(({ needs }) => needs.grants.map(sentence))
        .filter((each) => /list-|backfills/.test(each)),
    ).toEqual([]);
  });
});

describe('what is recorded of lists', () => {
  const service = (rules: Frozen['rules']) => ({
    name: 'x-service',
    template: { Resources: {}, Metadata: { holdfast: { ...(rules && { rules }) } } },
  });
  const frozen = (rules: Frozen['rules']) => frozenPart([service(rules)], {});
  const { tickets: words = {} } = rulesIn({ resources: [registered, plain] }) ?? {};
  const changed = (change: Readonly<Record<string, string>>) => ({ tickets: { ...words, ...change } });

  test('is the index of each, what it is by and its order, in words', () => {
    expect(words).toEqual({
      'lists.byCustomer': 'list-1: customerId; createdAt, highest first',
      'lists.byCustomerAndState': 'list-2: customerId, state; createdAt, highest first',
      'lists.overdue': 'list-3: customerId, urgent; dueDate, lowest first',
      'lists.byRank': 'list-4: rank; rank, highest first',
      'lists.seen': 'list-5: urgent; seenAt, highest first',
    });
    expect(frozen({ tickets: words }).rules).toEqual({ tickets: words });
  });

  test('is nothing where no resource has any', () => {
    expect(rulesIn({ resources: [plain] })).toBeUndefined();
    expect(frozen(undefined)).not.toHaveProperty('rules');
  });

  test('may be followed by more lists and by fewer', () => {
    const { 'lists.seen': _, ...fewer } = words;

    expect(refusals(frozen({ tickets: words }), frozen({ tickets: fewer }))).toEqual([]);
    expect(refusals(frozen({ tickets: fewer }), frozen({ tickets: words }))).toEqual([]);
    expect(refusals(frozen({ tickets: words }), frozen(undefined))).toEqual([]);
  });

  test('refuses a list that would go to another index, which the release before does not read', () => {
    expect(
      refusals(
        frozen({ tickets: words }),
        frozen(changed({ 'lists.byRank': 'list-3: rank; rank, highest first' })),
      ),
    ).toEqual([
      "lists.byRank of tickets was 'list-4: rank; rank, highest first' and would be 'list-3: rank; rank, highest first', and the release before goes by what it was; add it under another name behind the others, and say 'removed' for one that goes",
    ]);
  });
});
