import { describe, expect, test } from '@jest/globals';
import type { Item, Values } from '../../../lib/holdfast/core/store/store.ts';
import { differences } from '../../../lib/holdfast/core/writes/differences.ts';
import type { KeepingExtension } from '../../../lib/holdfast/core/writes/keeping.ts';
import { decided } from '../support/plans.ts';
import { tasks } from '../support/tasks.ts';

/** Keeps the first letter of a title in the item, and each title in an item of its own. */
const lettered: KeepingExtension = {
  capability: 'lettered',
  keep({ pk, read, next: { data } }) {
    const title = String(data.title);
    const before = read?.derived?.title;
    return {
      attributes: { letter: title.at(0) ?? null },
      derived: { title },
      writes: [
        ...(before === title ? [] : [{ label: title, put: { pk: `titles#${title}`, owner: pk } }]),
        ...(typeof before === 'string' && before !== title
          ? [{ label: before, remove: { pk: `titles#${before}`, of: pk } }]
          : []),
      ],
    };
  },
};

const resource = { ...tasks, extensions: [lettered] };

const pk = 'tasks#acme#ta_1';

const found = (title: string, attributes: Values) => {
  const { next } = decided(pk, undefined, { title });
  const item: Item = {
    stored: next,
    receipts: [],
    spilledUntil: 0,
    operations: 0,
    last: undefined,
    derived: (attributes.derived ?? {}) as Values,
  };
  return { resource, pk, item, attributes: { pk, data: { title }, ...attributes } };
};

const put = { label: 'Dig', put: { pk: 'titles#Dig', owner: pk } };

describe('a resource as it stands', () => {
  test('differs in nothing from what is kept with it where a release that knows has written it last', () => {
    expect(differences(found('Dig', { letter: 'D', derived: { title: 'Dig' } }))).toEqual({
      attributes: {},
      writes: [put],
    });
  });

  test('lacks whatever is kept with it where a release that does not know has made it', () => {
    expect(differences(found('Dig', {}))).toEqual({
      attributes: { letter: 'D', derived: { title: 'Dig' } },
      writes: [put],
    });
  });

  test('holds what it has no use for where a release that does not know has changed it', () => {
    expect(differences(found('Dig', { letter: 'S', derived: { title: 'Sow' } }))).toEqual({
      attributes: { letter: 'D', derived: { title: 'Dig' } },
      writes: [put, { label: 'Sow', remove: { pk: 'titles#Sow', of: pk } }],
    });
  });

  test('has an attribute that it has to be without, as an index knows it by that', () => {
    expect(differences(found('', { letter: 'S', derived: { title: '' } })).attributes).toEqual({
      letter: null,
    });
  });

  test('differs in nothing where its resource has no capability', () => {
    expect(differences({ ...found('Dig', {}), resource: tasks })).toEqual({ attributes: {}, writes: [] });
  });
});
