import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { Copy } from '../support/copy.ts';
import { emptyProject, jestIn } from '../support/empty-project.ts';

const run = promisify(execFile);

/** What is changed of a place in a file. */
type Edit = readonly [path: string, from: string, to: string];

const REMIND = 'functions/actions/invoices/remind.ts';

const DECIDE_TWICE = `({ input, current: { reminders = 0 }, reject }) =>
    reminders === 2 ? reject('reminders-exhausted') : { note: input.note ?? null, reminders: reminders + 1 }`;

/** A rule that a service may have: it lets an action come twice, and no more. */
const AT_MOST_TWICE: readonly Edit[] = [
  [
    'functions/actions/invoices/resource.ts',
    '    note: note.optional(),\n  }),',
    `    note: note.optional(),
    reminders: z.int().optional(),
  }),
  problems: {
    'reminders-exhausted': {
      status: 409,
      title: 'A customer is reminded of an invoice twice at most',
      category: 'conflict',
      recovery: 'stop',
      tell: 'The customer was reminded twice already.',
      check: 'reminders of the invoice.',
    },
  },`,
  ],
  [REMIND, '  decide:', "  problems: ['reminders-exhausted'],\n  decide:"],
  [REMIND, '({ input }) => ({ note: input.note ?? null })', DECIDE_TWICE],
];

const CREATE_ORDER = `import { defineAction, money } from 'holdfast';
import * as z from 'zod';
import orders from './resource.ts';

export default defineAction({
  resource: orders,
  name: 'create',
  summary: 'Create an order that is paid.',
  scope: 'orders:create',
  to: 'paid',
  input: z.object({ total: money }),
  decide: ({ input: { total } }) => ({ total, refunded: { ...total, value: '0.00' } }),
});
`;

/** The example of a partial refund, as docs/actions.md has it. */
async function writeOrders(): Promise<void> {
  const page = await readFile(join(ROOT, 'docs/actions.md'), 'utf8');
  const blocks = [...page.matchAll(/^```ts\n(.*?)^```/gms)].map(([, code = '']) => code);
  const [resource = '', refund = ''] = ["name: 'orders'", "name: 'refund'"].map((name) =>
    blocks.find((code) => code.includes(name)),
  );
  await copy.write('functions/actions/orders/resource.ts', resource);
  await copy.write('functions/actions/orders/refund.ts', refund);
  await copy.write('functions/actions/orders/create.ts', CREATE_ORDER);
  await made('action', { resource: 'orders', name: 'ship', from: 'paid', to: 'shipped' });
  const euros = (value: string) => `{ currency: 'EUR', value: '${value}' }`;
  const sent = `'orders.create': { input: { total: ${euros('100.00')} } }, 'orders.refund': { input: { amount: ${euros('0.10')} } },`;
  await copy.edit('test/examples.ts', "  'orders.ship'", `  ${sent}\n  'orders.ship'`);
}

/** All that a team writes to have its own actions tried, besides its examples. */
const FIVE = `import service from '../lib/service.ts';
import { contractSuite } from '../lib/holdfast/testing/contract-suite.ts';
import examples from './examples.ts';

await contractSuite(service, examples);
`;

let copy: Copy;
beforeAll(async () => {
  copy = await emptyProject();
  await made('partner', { name: 'courier', callback: 'true' });
  await made('resource', { name: 'customers' });
  await made('resource', { name: 'invoices', states: 'draft,sent,collecting,paid,void' });
  await made('action', { resource: 'invoices', name: 'send', from: 'draft,sent', to: 'sent' });
  await made('action', { resource: 'invoices', name: 'remind', from: 'sent', to: 'sent' });
  await made('action', { resource: 'invoices', name: 'tag', from: 'sent,paid', to: 'same' });
  for (const [path, from, to] of AT_MOST_TWICE) await copy.edit(path, from, to);
  await made('action', { resource: 'invoices', name: 'void', from: 'draft,sent', to: 'void' });
  const ends = { during: 'collecting', succeeded: 'paid', failed: 'sent' };
  const collecting = {
    resource: 'invoices',
    name: 'collect-invoice',
    steps: 'courier',
    from: 'sent',
    ...ends,
  };
  await made('operation', collecting);
  await writeOrders();
  await copy.write('test/contract.test.ts', FIVE);
});
afterAll(() => copy?.remove());

/**
 * Writes what `npm run new` writes, in a process that loads the definitions anew; without its checks of each step, which
 * `scaffold.test.ts` tries.
 */
const WRITE = `
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withExample } from './lib/holdfast/scaffold/files/example.ts';
import { loadRegistry } from './lib/holdfast/service/registry.ts';
const [kind, given] = process.argv.slice(1);
const { [kind]: generator } = await import(process.cwd() + '/lib/holdfast/scaffold/' + kind + '.ts');
const { files, example } = generator.plan(JSON.parse(given), await loadRegistry());
for (const [path, text] of Object.entries({ ...files, ...(example && withExample(...example)) })) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
`;

const made = (kind: string, given: Readonly<Record<string, string>>) =>
  run('node', ['--no-warnings', '--input-type=module', '--eval', WRITE, kind, JSON.stringify(given)], {
    cwd: copy.root,
  });

/** Runs its tests, by a cloud of their own. */
const suite = (named?: string) => jestIn(copy, 'test/contract.test.ts', named === undefined ? {} : { named });

/** Runs the suite with faults in files, and mends them again. */
async function suiteWith(faults: readonly Edit[], named?: string) {
  for (const [path, from, to] of faults) await copy.edit(path, from, to);
  try {
    return await suite(named);
  } finally {
    for (const [path, from, to] of faults) await copy.edit(path, to, from);
  }
}

describe('a service that was made by npm run new', () => {
  test('has each of its actions and lists held to the contract, and needs no line besides its examples', async () => {
    const facts = [
      "invoices.void leads from 'draft' to 'void'",
      "invoices.void leads from 'sent' to 'void'",
      "invoices.void is refused in 'paid', with what stands",
      "invoices.collect answers at once where its operation is and when to ask for it, and the operation comes to 'paid'",
      "invoices.remind leads from 'sent' to 'sent', and what it was told can be read again",
      "orders.refund leads from 'paid' to 'paid', and what it was told can be read again",
      "orders.refund leaves 'shipped' as it is, which the history tells as one version from there to 'shipped'",
      "invoices.tag leads from 'paid' to 'paid', and what it was told can be read again",
      "invoices.tag leaves 'sent' as it is, which the history tells as one version from there to 'sent'",
      "invoices.tag leaves 'paid' as it is, which the history tells as one version from there to 'paid'",
      "invoices.tag is refused in 'draft', with what stands",
      // By 'send': a rule of its own ends the round of 'remind'.
      'invoices that were written 20 times, or as often as their rules let, replay the first of these writes as they replay the last',
      'customers.create makes a customer that says where it is',
      'every state in which an action may begin is reached',
      'a list of customers is newest first',
    ];

    const { code, told } = await suite();

    expect({ code, told: code === 0 ? '' : told }).toEqual({ code: 0, told: '' });
    for (const fact of facts) expect(told).toContain(`✓ ${fact}`);
    expect(told).not.toContain('invoices were not written 20 times');
    expect(told).toContain('✎ todo customers were not written 20 times');
  });

  // Two faults in one run, which starts a cloud: neither action comes in the way of the other.
  test('fails its suite where an action does not keep what it is told, or a decision changes what it was given', async () => {
    const { code, told } = await suiteWith(
      [
        ['functions/actions/invoices/send.ts', 'note: input.note ?? null', 'note: null'],
        [
          REMIND,
          DECIDE_TWICE,
          '({ current }) => { Object.assign(current, { reference: "x" }); return { note: null }; }',
        ],
      ],
      'invoices\\.(send|remind) leads',
    );

    expect(code).toBe(1);
    expect(told).toContain(
      "✕ invoices.send leads from 'draft' to 'sent', and what it was told can be read again",
    );
    expect(told).toContain("✕ invoices.remind leads from 'sent' to 'sent'");
  });

  test('fails its suite where an action can never begin, and says what would let it', async () => {
    const { code, told } = await suiteWith(
      [
        ['functions/actions/invoices/resource.ts', "'void'", "'void', 'overdue'"],
        [REMIND, "from: ['sent']", "from: ['overdue']"],
      ],
      'is reached',
    );

    expect(code).toBe(1);
    expect(told).toContain('✕ every state in which an action may begin is reached');
    expect(told).toContain(
      "no action and no end of an operation leads invoices to 'overdue', so remind can never begin there; the states that are reached are draft, sent, paid, void: lead one of them there, or remove 'overdue'",
    );
  });

  test('fails its suite at once where an action has no example, and says which', async () => {
    const { code, told } = await suiteWith([
      ['test/examples.ts', "  'invoices.send'", "  // 'invoices.send'"],
    ]);

    expect(code).toBe(1);
    expect(told).toContain("there is no example of 'invoices.send'; add 'invoices.send': { input: {} }");
  });
});
