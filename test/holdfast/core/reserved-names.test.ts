import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { KEY_PREFIXES, RESERVED_RESOURCES } from '../../../lib/holdfast/core/definitions/reserved-names.ts';
import {
  commandKey,
  partitionKey,
  partnerKey,
  referenceKey,
  spilledReceiptKey,
  waitsKey,
} from '../../../lib/holdfast/core/store/keys.ts';

const tasks = {
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done'],
  members: z.object({}),
};

const close = {
  resource: defineResource(tasks),
  name: 'close',
  summary: 'Close it.',
  scope: 'tasks:close',
  from: ['open'],
  to: 'done',
  input: z.object({}),
  decide: () => ({}),
};

const loosely = defineAction as unknown as (definition: object) => Action;

describe('a name that the kit needs itself', () => {
  test.each([
    ...['references', 'waits', 'commands', 'partners', 'operations', 'history', 'health', 'docs', 'problems'],
    ...[
      'unique',
      'subscriptions',
      'events',
      'lanes',
      'backfills',
      'jobs',
      'bulk',
      'erasures',
      'openapi',
      'status',
    ],
    ...['ref-erences', 'back-fills'],
  ])('is refused for a resource: %s', (name) => {
    expect(() => defineResource({ ...tasks, name })).toThrow(
      `resource '${name}': its name is kept for the kit's own routes and keys; rename it, and not to `,
    );
  });

  test.each(['erase', 'unschedule'])('is refused for an action: %s', (name) => {
    expect(() => loosely({ ...close, name, scope: `tasks:${name}` })).toThrow(
      `action '${name}' of 'tasks': its name is kept for an action of the kit; rename it and its file`,
    );
  });

  test.each(['effectiveAt', 'ifMatch'])('is refused for a member of an input: %s', (member) => {
    const input = z.object({ [member]: z.int() });

    expect(() => loosely({ ...close, input })).toThrow(
      `action 'close' of 'tasks': input member '${member}' is kept by the kit; rename it`,
    );
  });

  test('is refused for a state', () => {
    expect(() => defineResource({ ...tasks, states: ['open', 'same'] })).toThrow(
      "resource 'tasks': state 'same' is kept for actions that lead to no other state; rename it",
    );
  });

  test('is refused for an internal member as for one that is shown', () => {
    expect(() => defineResource({ ...tasks, internal: z.object({ state: z.int() }) })).toThrow(
      "resource 'tasks': member 'state' is kept by the kit; rename it",
    );
  });

  test('covers every key that the kit makes of its own', () => {
    const made = [partnerKey('bank'), referenceKey('bank', 'r'), commandKey('c'), waitsKey(1)];
    const prefixes = made.map((key) => key.slice(0, key.indexOf('#')));

    expect(RESERVED_RESOURCES).toEqual(expect.arrayContaining(prefixes));
    expect([...prefixes, KEY_PREFIXES.operations].sort()).toEqual(Object.values(KEY_PREFIXES).sort());
  });
});

test.each([
  ['name', { name: 'a'.repeat(65) }],
  ['singular', { singular: 'a'.repeat(65) }],
  ['state', { states: ['a'.repeat(65)] }],
])('a %s that becomes part of a key has at most 64 characters', (_, wrong) => {
  expect(() => defineResource({ ...tasks, ...wrong })).toThrow(
    /has 65 characters, and at most 64 are allowed/,
  );
});

describe('C5: a partition key', () => {
  test('is at most 2,048 bytes long: a longer one names nothing that there is', () => {
    const long = 'a'.repeat(2_048);

    for (const make of [
      () => referenceKey('bank', long),
      () => partitionKey({ name: 'payouts' }, 'acme', long),
      () => partitionKey({ name: 'payouts' }, long, 'po_1'),
      () => commandKey(long),
      () => spilledReceiptKey(long, 'x'),
      () => referenceKey('bank', 'é'.repeat(1_020)),
    ])
      expect(make).toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  test('has room for the longest tenant, encoded, and the longest name of a resource', () => {
    const key = partitionKey({ name: 'a'.repeat(64) }, '日'.repeat(128), `abcd_${'0'.repeat(26)}`);

    expect(Buffer.byteLength(spilledReceiptKey(key, 'x'.repeat(22)))).toBeLessThan(2_048);
  });
});
