import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { movesOf } from '../../../lib/holdfast/cli/explain/review-page.ts';
import { listing } from '../../../lib/holdfast/cli/list.ts';
import { type Action, defineAction } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource } from '../../../lib/holdfast/core/definitions/define-resource.ts';
import { defineVersion } from '../../../lib/holdfast/core/versions/define-version.ts';
import { openApiDocument } from '../../../lib/holdfast/openapi/document.ts';
import { action as actionGenerator } from '../../../lib/holdfast/scaffold/action.ts';
import type { RegisteredResource, Registry } from '../../../lib/holdfast/service/registry.ts';
import { statesPage } from '../../../lib/holdfast/site/states-page.ts';
import { transitionsOf } from '../../../lib/holdfast/site/transitions.ts';
import { Ways } from '../../../lib/holdfast/testing/scene/ways.ts';
import service from '../../../lib/service.ts';

const tickets = defineResource({
  name: 'tickets',
  singular: 'ticket',
  idPrefix: 'ti',
  states: ['open', 'shelved', 'closed'],
  members: z.object({}),
});

const base = { resource: tickets, summary: 'X.', input: z.object({}), decide: () => ({}) } as const;
const create = defineAction({ ...base, name: 'create', scope: 'tickets:create', to: 'open' });
const close = defineAction({ ...base, name: 'close', scope: 'tickets:close', from: ['open'], to: 'closed' });
const reopen = defineAction({
  ...base,
  name: 'reopen',
  scope: 'tickets:reopen',
  from: ['closed'],
  to: 'open',
});
const label = defineAction({
  ...base,
  name: 'label',
  scope: 'tickets:label',
  from: ['open', 'closed'],
  to: 'same',
});

const registered = (...actions: readonly Action[]): RegisteredResource => ({
  definition: tickets,
  file: 'tickets/resource.ts',
  actions: actions.map((definition) => ({ definition, file: `tickets/${definition.name}.ts` })),
});

const resource = registered(close, create, label);

/** A version in which an open ticket was called `same`, as none is any more. */
const older = defineVersion({
  version: '2026-01-01',
  summary: 'An open ticket was called same.',
  deprecated: '2026-05-01',
  sunset: '2027-05-01',
  changes: { tickets: { states: { same: 'open' } } },
});

const registry: Registry = {
  resources: [resource],
  operations: [],
  versions: [{ definition: older, file: '2026-01-01.ts' }],
};

const descriptionIn = (version: string, path: string, of = registry) =>
  (openApiDocument(of, version).paths as Record<string, { post: { description: string } }>)[path]?.post
    .description;

describe('an action that leaves the state as it is', () => {
  test('is said to do so in the document, in the review and in the list, which name the states that allow it', () => {
    expect(descriptionIn(service.apiVersion, '/tickets/{ticketId}/label')).toBe(
      'In open or closed; the state stays as it is.',
    );
    expect(movesOf(label)).toBe('It is allowed in `open`, `closed`, and leaves the state as it is.');
    expect(listing(registry).resources[0]?.actions).toContainEqual(
      expect.objectContaining({ name: 'label', from: ['open', 'closed'], to: 'same' }),
    );
  });

  test('is not taken for one that leads to a state that an older version called same', () => {
    const of = { ...registry, resources: [registered(create, close, reopen)] };
    const paths = ['', '/{ticketId}/close', '/{ticketId}/reopen'];

    expect(paths.map((path) => descriptionIn('2026-01-01', `/tickets${path}`, of))).toEqual([
      'It starts as same.',
      'From same to closed.',
      'From closed to same.',
    ]);
  });

  test('is drawn as one loop at each state that allows it, beside what leads on from there', async () => {
    const drawn = transitionsOf(resource).map(({ from = '', to, name }) => `${from} ${name} ${to}`);
    const page = await statesPage(registry, 'Tickets');

    expect(drawn).toEqual(['open close closed', ' create open', 'open label open', 'closed label closed']);
    expect(page).toContain('<td><strong>label</strong> X.</td><td>closed</td>');
    expect(page).not.toMatch(/>same</);
  });

  test('brings a resource to no other state, and may be repeated where it stands', () => {
    const ways = new Ways(resource, false);

    expect(ways.to('closed')?.map(({ action }) => action.name)).toEqual(['create', 'close']);
    expect(ways.rounds.map(({ at, actions }) => [at, ...actions.map(({ name }) => name)])).toEqual([
      ['open', 'label'],
      ['closed', 'label'],
    ]);
    expect(ways.stranded.map(({ permits }) => permits)).toEqual([[]]);
  });

  test('reaches no state that nothing else leads to', () => {
    const shelved = { ...label, from: ['open', 'shelved'] };

    expect(new Ways(registered(create, shelved), false).stranded.map(({ permits }) => permits)).toEqual([
      ['label'],
      [],
    ]);
  });

  test('is written by the generator, with a test that holds it to each state', () => {
    const { files } = actionGenerator.plan(
      { resource: 'tickets', name: 'pin', from: 'open,closed', to: 'same' },
      registry,
    );

    expect(files['functions/actions/tickets/pin.ts']).toContain("from: ['open', 'closed'],\n  to: 'same',");
    const written = files['test/actions/tickets/pin.test.ts'];
    expect(written).toContain("test.each(['open', 'closed'])('leaves %s as it is', (state) => {");
    expect(written).toContain('expect(next.state).toBe(state);');
  });
});
