import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { action as actionGenerator } from '../../../lib/holdfast/scaffold/action.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';

/** An orders service: `place` starts an operation, which holds an order in `placing`. */
const RESOURCE = `import * as z from 'zod';
import { defineResource } from 'holdfast';
export default defineResource({
  name: 'orders', singular: 'order', idPrefix: 'or',
  states: ['draft', 'placing', 'placed', 'paid', 'cancelled'],
  members: z.object({}),
});
`;

const OPERATION = `import orders from '../actions/orders/resource.ts';
import { defineOperation } from 'holdfast';
import bank from '../partners/bank.ts';
export default defineOperation({
  name: 'place-order', resource: orders,
  onSucceeded: 'placed', onFailed: 'cancelled', onCancelled: 'draft',
  deadlineSeconds: 86_400,
  steps: [{ name: 'charge', partner: bank, command: 'transfer', input: ({ id }) => ({ id }) }],
});
`;

const actionOf = (name: string, from: string, to: string, operation = '') => `import * as z from 'zod';
import { defineAction } from 'holdfast';
import placeOrder from '../../operations/place-order.ts';
import orders from './resource.ts';
export default defineAction({
  resource: orders, name: '${name}', summary: 'X.', scope: 'orders:${name}',
  from: ${from}, to: '${to}', input: z.object({}), ${operation}
  decide: () => (placeOrder ? {} : {}),
});
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-held-'));
  await mkdir(join(root, 'functions'));
  for (const shared of ['node_modules', 'package.json', 'lib', 'functions/partners'])
    await symlink(join(ROOT, shared), join(root, shared));
  await plant('actions/orders/resource.ts', RESOURCE);
  await plant('operations/place-order.ts', OPERATION);
  await plant('actions/orders/place.ts', actionOf('place', "['draft']", 'placing', 'operation: placeOrder,'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function plant(file: string, text: string): Promise<void> {
  const path = join(root, 'functions', file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const HOLDS = "operation 'place-order' of action 'place' holds 'placing' until its own end";

describe('B1: in an orders service whose place starts an operation', () => {
  test.each([
    [
      'pay, which begins where the operation holds the order,',
      actionOf('pay', "['placing', 'placed']", 'paid'),
      `functions/actions/orders/pay.ts: action 'pay': from names 'placing', and ${HOLDS}; take it out of from, and let the action begin where an end leads`,
    ],
    [
      'pay, which leads to where only the operation leads,',
      actionOf('pay', "['placed']", 'placing'),
      `functions/actions/orders/pay.ts: action 'pay': to is 'placing', and ${HOLDS}; lead to a state that none holds`,
    ],
    [
      'pay, which would leave an order in the state in which the operation holds it,',
      actionOf('pay', "['placed', 'placing']", 'same'),
      `functions/actions/orders/pay.ts: action 'pay': from names 'placing', and ${HOLDS}; take it out of from, and let the action begin where an end leads`,
    ],
  ])('%s is refused, with the remedy', async (_, pay, message) => {
    await plant('actions/orders/pay.ts', pay);

    await expect(loadRegistry(root)).rejects.toThrow(new Error(message));
  });

  test('pay, which begins where the operation ends, is taken', async () => {
    await plant('actions/orders/pay.ts', actionOf('pay', "['placed']", 'paid'));

    const { resources } = await loadRegistry(root);

    expect(resources.flatMap(({ actions }) => actions.map(({ definition }) => definition.name))).toEqual([
      'pay',
      'place',
    ]);
  });

  test('the generator refuses it too, before it writes anything', async () => {
    const registry = await loadRegistry(root);
    const plan = (from: string, to: string) => () =>
      actionGenerator.plan({ resource: 'orders', name: 'withdraw', from, to }, registry);

    expect(plan('placing', 'draft')).toThrow(`from names 'placing', and ${HOLDS}`);
    expect(plan('draft', 'placing')).toThrow(`to is 'placing', and ${HOLDS}`);
    expect(plan('placing', 'same')).toThrow(`from names 'placing', and ${HOLDS}`);
    expect(plan('placed', 'draft')).not.toThrow();
    expect(plan('placed,paid', 'same')).not.toThrow();
  });
});
