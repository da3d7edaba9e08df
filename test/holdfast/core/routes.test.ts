import { expect, test } from '@jest/globals';
import * as z from 'zod';
import approve from '../../../functions/actions/payouts/approve.ts';
import create from '../../../functions/actions/payouts/create.ts';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import {
  actionPath,
  collectionPath,
  idParameter,
  resourceLocation,
  resourcePath,
} from '../../../lib/holdfast/core/definitions/routes.ts';

test('a resource is served under its name, one of them under its id', () => {
  expect(collectionPath(payouts)).toBe('/payouts');
  expect(resourcePath(payouts)).toBe('/payouts/{payoutId}');
});

test('an action is served under its name; a create under that of the resource', () => {
  expect(actionPath(approve)).toBe('/payouts/{payoutId}/approve');
  expect(actionPath(create)).toBe('/payouts');
});

test('a name of several words is kebab case in the path and camel case in the parameter', () => {
  const orders = defineResource({
    name: 'purchase-orders2',
    singular: 'purchase-order-2b',
    idPrefix: 'pur',
    states: ['open'],
    members: z.object({}),
  });

  expect(idParameter(orders)).toBe('purchaseOrder2bId');
  expect(resourcePath(orders)).toBe('/purchase-orders2/{purchaseOrder2bId}');
});

// powertools-python#621: a route that held the stage's name was wrong under a custom domain.
test('a location is relative to the base of the API', () => {
  expect(resourceLocation(payouts, 'po_1')).toBe('/payouts/po_1');
});
