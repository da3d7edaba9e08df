import { describe, expect, test } from '@jest/globals';
import { actionRoute, historySchemas } from '../../../../lib/holdfast/openapi/routes/resource-routes.ts';
import { createOrder, place, placeUnheld } from './shop.ts';

const codesOf = (action: typeof place) => (actionRoute(action, []).problems ?? []).map(({ code }) => code);

describe('the document', () => {
  test('names the resources that an action decides on, and what it is refused with over them', () => {
    expect(actionRoute(place, []).touches).toEqual(['products', 'customers']);
    expect(codesOf(place)).toEqual(
      expect.arrayContaining(['related-not-found', 'too-many-related', 'related-state']),
    );
  });

  test('says nothing of it where an action decides on its own resource alone', () => {
    expect(actionRoute(createOrder, []).touches).toBeUndefined();
    expect(codesOf(createOrder).filter((code) => code.includes('related'))).toEqual([]);
  });

  test('has the cause of a change in a history only where one resource changes another', () => {
    expect(historySchemas([place]).HistoryEntry).toMatchObject({
      properties: { cause: { required: ['type', 'id', 'version'] } },
    });
    expect(historySchemas([createOrder, placeUnheld])).not.toHaveProperty('HistoryEntry.properties.cause');
  });
});
