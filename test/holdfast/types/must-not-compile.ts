import * as z from 'zod';
import payouts from '../../../functions/actions/payouts/resource.ts';
import { defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import type { Operation } from '../../../lib/holdfast/core/definitions/define-operation.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { changeMembers, defineVersion } from '../../../lib/holdfast/core/versions/define-version.ts';
import { amounts, type money } from '../../../lib/holdfast/index.ts';

// Definitions that are wrong, each of which the compiler refuses: `npm run check:types` fails when one of them compiles.

const members = z.object({ title: z.string(), owner: z.string().optional() });
const tasks = defineResource({
  name: 'tasks',
  singular: 'task',
  idPrefix: 'ta',
  states: ['open', 'done'],
  members,
});
const input = z.object({});
const close = {
  resource: tasks,
  name: 'close',
  summary: 'Close a task.',
  scope: 'tasks:close',
  input,
} as const;

// A state that the resource does not have.
// @ts-expect-error
defineAction({ ...close, from: ['opened'], to: 'done', decide: () => ({}) });
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'closed', decide: () => ({}) });

// A scope of another resource.
// @ts-expect-error
defineAction({ ...close, scope: 'payouts:close', from: ['open'], to: 'done', decide: () => ({}) });

// A problem that the resource does not declare, and a rejection that the action does not.
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', problems: ['nobody-cares'], decide: () => ({}) });
const approve = { resource: payouts, name: 'approve', summary: 'Approve.', input } as const;
const approved = { scope: 'payouts:approve', from: ['submitted'], to: 'approved' } as const;
// @ts-expect-error
defineAction({ ...approve, ...approved, decide: ({ reject }) => reject('separation-of-duties') });

// A member that the resource does not have, of a type that it does not have, or removed though it is required.
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', decide: () => ({ colour: 'red' }) });
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', decide: () => ({ owner: 1 }) });
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', decide: () => ({ title: null }) });

// A create that leaves a required member out, and one that looks at what is not there yet.
const open = {
  resource: tasks,
  name: 'open',
  summary: 'Open a task.',
  scope: 'tasks:open',
  to: 'open',
  input,
} as const;
// @ts-expect-error
defineAction({ ...open, decide: () => ({ owner: 'alice' }) });
// @ts-expect-error
defineAction({ ...open, decide: ({ current }) => ({ title: current.title }) });

// Input that the action does not take.
// @ts-expect-error
defineAction({ ...open, decide: ({ input: given }) => ({ title: given.title }) });

// A decision that waits for something, or that decides nothing.
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', decide: async () => ({}) });
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', decide: () => undefined });

// A member that the kit keeps.
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', decide: () => ({ state: 'done' }) });

// A problem of the kit's own, one of another resource, and a rejection with another than the one that is declared.
// @ts-expect-error
defineAction({ ...close, from: ['open'], to: 'done', problems: ['not-found'], decide: () => ({}) });
const done = { from: ['open'], to: 'done' } as const;
// @ts-expect-error
defineAction({ ...close, ...done, problems: ['separation-of-duties'], decide: () => ({}) });
const declared = { ...approve, ...approved, problems: ['separation-of-duties'] } as const;
// @ts-expect-error
defineAction({ ...declared, decide: ({ reject }) => reject('insufficient-scope') });

// A state that the resource cannot be in.
// @ts-expect-error
defineAction({ ...close, ...done, decide: ({ current }) => (current.state === 'shut' ? {} : {}) });

// A definition with a member that is misspelt, without a summary, with a scope of no resource, with input of no members.
// @ts-expect-error
defineAction({ ...close, form: ['open'], to: 'done', decide: () => ({}) });
const { summary: _, ...closeWithoutSummary } = close;
// @ts-expect-error
defineAction({ ...closeWithoutSummary, from: ['open'], to: 'done', decide: () => ({}) });
// @ts-expect-error
defineAction({ ...close, scope: 'close', from: ['open'], to: 'done', decide: () => ({}) });
// @ts-expect-error
defineAction({ ...close, input: z.string(), from: ['open'], to: 'done', decide: () => ({}) });

// A create that leads to an unknown state, removes what was never there, or asks for any version of it.
// @ts-expect-error
defineAction({ ...open, to: 'opened', decide: () => ({ title: 'x' }) });
// @ts-expect-error
defineAction({ ...open, decide: () => ({ title: 'x', owner: null }) });
// @ts-expect-error
defineAction({ ...open, anyVersion: true, decide: () => ({ title: 'x' }) });

// A create that leaves a state as it is, before there is one, and an operation that would not hold the resource.
// @ts-expect-error
defineAction({ ...open, to: 'same', decide: () => ({ title: 'x' }) });
const closing = { ...close, from: ['open'], decide: () => ({}) } as const;
declare const operation: Operation<typeof tasks>;
// @ts-expect-error
defineAction({ ...closing, to: 'same', operation });

// A resource with a member of its own invention, or a problem that no client would know how to recover from.
const problem = { status: 409, title: 'x', category: 'conflict', tell: 'x', check: 'x' } as const;
// @ts-expect-error
defineResource({ name: 'a', singular: 'a', idPrefix: 'aa', states: ['x'], members, colour: 'red' });
const unsure = { ...problem, recovery: 'later' } as const;
// @ts-expect-error
defineResource({ name: 'a', singular: 'a', idPrefix: 'aa', states: ['x'], members, problems: { unsure } });

// A change of members whose other side is not what its schema says, or that asks for a member that is not in its own.
const older = z.object({ amount: z.int(), currency: z.string() });
const newer = z.object({ amount: z.object({ currency: z.string(), value: z.string() }) });
const shapes = { older, newer };
const up = ({ amount, currency }: z.output<typeof older>) => ({
  amount: { currency, value: String(amount) },
});
const down = ({ amount }: z.output<typeof newer>) => ({ amount: 1, currency: amount.currency });
// @ts-expect-error
changeMembers({ ...shapes, up, down: () => ({ amount: 1 }) });
// @ts-expect-error
changeMembers({ ...shapes, up, down: ({ amount }) => ({ amount: amount.value, currency: amount.currency }) });
// @ts-expect-error
changeMembers({ ...shapes, up, down: ({ currency }) => ({ amount: 1, currency }) });
// @ts-expect-error
changeMembers({ ...shapes, down, up: ({ amount }) => ({ amount }) });
// @ts-expect-error
changeMembers({ ...shapes, down, up: async () => ({ amount: { currency: 'EUR', value: '1' } }) });
// @ts-expect-error
changeMembers({ older, up, down });

// A version without an end, with a change that has only one direction, or of its own invention.
const version = { version: '2026-01-01', summary: 'x', deprecated: '2026-05-01' } as const;
const sunset = '2027-05-01';
// @ts-expect-error
defineVersion({ ...version, changes: {} });
// @ts-expect-error
defineVersion({ ...version, sunset, changes: { tasks: { representation: { ...shapes, down } } } });
const misnamed = { tasks: { answers: changeMembers({ ...shapes, up, down }) } };
// @ts-expect-error
defineVersion({ ...version, sunset, changes: misnamed });
// @ts-expect-error
defineVersion({ ...version, sunset, changes: { tasks: { states: { fresh: 1 } } } });

// Amounts that are multiplied without a rounding, or by one that there is not; a number for an amount; a sum of no currency.
const price: z.output<typeof money> = { currency: 'EUR', value: '1.00' };
// @ts-expect-error
amounts.multiply(price, '0.19');
// @ts-expect-error
amounts.multiply(price, '0.19', 'nearest');
// @ts-expect-error
amounts.add(price, 1);
// @ts-expect-error
amounts.sum([price]);

// What is right compiles: without it, everything above could be refused for a reason of its own.
defineAction({
  ...close,
  from: ['open'],
  to: 'done',
  decide: ({ current }) => ({ title: current.title, owner: null }),
});
defineAction({ ...open, decide: ({ actor }) => ({ title: actor.id }) });
defineAction({
  ...close,
  from: ['open', 'done'],
  to: 'same',
  decide: ({ current }) => ({ title: current.title }),
});
defineAction({ ...closing, to: 'done', operation });
const change = changeMembers({ ...shapes, up, down });
defineVersion({
  ...version,
  sunset,
  changes: { tasks: { representation: change, inputs: { open: change } } },
});
const prices: z.output<typeof money>[] = amounts.allocate(amounts.add(price, price), ['0.5', 1n]);
amounts.multiply(prices[0] ?? price, { numerator: 1, denominator: 3n }, 'half-even');
