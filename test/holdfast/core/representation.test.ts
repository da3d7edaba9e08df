import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import payouts from '../../../functions/actions/payouts/resource.ts';
import {
  allowedActions,
  representation,
  type StoredResource,
} from '../../../lib/holdfast/core/definitions/representation.ts';

const transitions = [
  { name: 'approve', from: ['submitted'] },
  { name: 'cancel', from: ['draft', 'submitted'] },
];

const stored: StoredResource = {
  id: 'po_1',
  state: 'submitted',
  version: 2,
  commit: 'k9x2',
  createdAt: '2026-11-25T07:00:00.000Z',
  updatedAt: '2026-11-25T08:00:00.000Z',
  data: {
    reference: 'Invoice 7',
    amount: { value: '1.00', currency: 'EUR' },
    riskScore: 9,
    createdBy: 'alice',
    beneficiary: { iban: 'DE89370400440532013000', name: 'Lovelace Ltd' },
  },
};

describe('the representation of a resource', () => {
  test('shows what its definition declares, in that order, between the members of the kit', () => {
    const shown = representation(payouts, transitions, stored);

    expect(JSON.parse(JSON.stringify(shown))).toEqual({
      id: 'po_1',
      state: 'submitted',
      version: 2,
      amount: { currency: 'EUR', value: '1.00' },
      beneficiary: { iban: 'DE89370400440532013000', name: 'Lovelace Ltd' },
      reference: 'Invoice 7',
      createdBy: 'alice',
      createdAt: '2026-11-25T07:00:00.000Z',
      updatedAt: '2026-11-25T08:00:00.000Z',
      allowedActions: ['approve', 'cancel'],
    });
    expect(Object.keys(JSON.parse(JSON.stringify(shown)))).toEqual([
      'id',
      'state',
      'version',
      'amount',
      'beneficiary',
      'reference',
      'createdBy',
      'createdAt',
      'updatedAt',
      'allowedActions',
    ]);
  });

  test('shows neither the commit of a version nor what another release stored', () => {
    expect(JSON.stringify(representation(payouts, transitions, stored))).not.toMatch(/k9x2|riskScore/);
  });

  // A map of DynamoDB has no order, and a replay has the same bytes as the answer before.
  test('is the same bytes in whatever order the store gives its members', () => {
    const bytes = (inner: unknown) =>
      JSON.stringify(representation(payouts, [], { ...stored, data: { amount: inner } }));
    const reverse = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(reverse);
      if (typeof value !== 'object' || value === null) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, inner]) => [name, reverse(inner)]),
      );
    };

    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(bytes(reverse(value))).toBe(bytes(value));
        expect(JSON.parse(bytes(value)).amount).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

test('the actions that a state allows are those that name it', () => {
  expect(['draft', 'submitted', 'paid', ''].map((state) => allowedActions(transitions, state))).toEqual([
    ['cancel'],
    ['approve', 'cancel'],
    [],
    [],
  ]);
});
