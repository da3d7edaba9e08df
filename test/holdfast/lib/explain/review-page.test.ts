import { expect, test } from '@jest/globals';
import { movesOf, reviewPage } from '../../../../lib/holdfast/cli/explain/review-page.ts';
import { reviewRows } from '../../../../lib/holdfast/cli/explain/review-rows.ts';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import { sectionsOf } from '../../../../lib/holdfast/cli/operation/explanation.ts';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { loadRegistry, problemsOf } from '../../../../lib/holdfast/service/registry.ts';
import { examplesOf, nameOf } from '../../../../lib/holdfast/testing/examples.ts';
import { provocables } from '../../../../lib/holdfast/testing/provoke/provoke.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import service from '../../../../lib/service.ts';
import examples from '../../../examples.ts';
import { caseOf, NOW, waiting } from '../operation/cases.ts';

const registry = await loadRegistry();
const scene = new Scene(service, registry, examplesOf(registry, examples), true);
const actions = registry.resources.flatMap((each) => each.actions.map(({ definition }) => definition));

const named = (name: string): Action => {
  const action = actions.find((each) => nameOf(each) === name);
  if (action === undefined) throw new Error(`there is no '${name}'`);
  return action;
};

test.each(actions.map((action) => [nameOf(action), action] as const))(
  'each row of the review of %s says what the client does, what to tell and to check, and how to see it, or why it does not happen',
  async (_, action) => {
    const rows = await reviewRows(scene, action);

    const silent = rows.filter(({ gets, recovery, tell, check, provoke }) =>
      provoke === undefined
        ? !gets.startsWith('does not happen: ')
        : [gets, recovery, tell, check].includes(''),
    );
    expect(silent).toEqual([]);
    const asked = [
      /duplicate/,
      /conflict/,
      /stale version/,
      /wrong state/,
      /partner that is down/,
      /old client/,
    ];
    expect(asked.filter((about) => !rows.some(({ when }) => about.test(when)))).toEqual([]);
  },
);

test('the review says where an action leads, and each end of its operation once', () => {
  const { operation } = named('payouts.disburse');
  if (operation === undefined) throw new Error('payouts.disburse starts no operation');
  const sending = { ...operation, name: 'send', onSucceeded: 'paid', onFailed: 'sent', onCancelled: 'sent' };

  expect(movesOf({ to: 'draft' })).toBe('It makes one that is `draft`.');
  expect(movesOf({ from: ['draft', 'sent'], to: 'void' })).toBe('It leads from `draft`, `sent` to `void`.');
  expect(movesOf({ from: ['sent'], to: 'sending', operation: sending })).toBe(
    'It leads from `sent` to `sending`, and send leads on to `paid` or `sent`.',
  );
});

test('what the review says to run is what npm run provoke takes for that action', async () => {
  const all = provocables(scene);
  const commands = await Promise.all(actions.map((action) => reviewRows(scene, action)));

  const unknown = commands
    .flat()
    .flatMap(({ provoke }) => provoke?.command ?? [])
    .filter((command) => {
      const [, name, on] = /^npm run provoke -- (\S+) --action (\S+)$/.exec(command) ?? [];
      return !all.some((each) => each.name === name && each.actions.some((action) => nameOf(action) === on));
    });

  expect(unknown).toEqual([]);
});

test('the review of an action has every code that it declares, with the words of the table', async () => {
  const rows = await reviewRows(scene, named('payouts.approve'));

  const row = problemsOf(registry).get('separation-of-duties');
  expect(rows.find(({ gets }) => gets.startsWith('403 `separation-of-duties`'))).toMatchObject({
    recovery: '`stop`: Do not try again.',
    tell: row?.tell,
    check: row?.check,
  });
});

test('the curl of the review says whose token it takes, where that is not everybody’s', async () => {
  const rows = await reviewRows(scene, named('payouts.approve'));

  const [replay] = rows.filter(({ when }) => when === 'A duplicate: the same request again');
  expect(replay?.provoke?.curl).toMatch(
    /^TOKEN=\$\(npm run --silent token -- --subject bob\)\ncurl -i -X POST "\$API\/payouts\/\$ID\/approve" \\\n/,
  );
});

test('only the review of an action that starts an operation tells of partners, with their refusals in our own words', async () => {
  const [approve, disburse] = await Promise.all(
    ['payouts.approve', 'payouts.disburse'].map((name) => reviewRows(scene, named(name))),
  );

  const ofPartners = approve?.filter(({ when }) => /partner/.test(when)).map(({ gets }) => gets);
  expect(ofPartners).toEqual(['does not happen: approve starts no operation']);
  expect(disburse?.find(({ when }) => when === 'A partner that refuses')?.tell).toBe(
    "Its `problem.detail`: the beneficiary is on a sanctions list · the beneficiary's account is closed",
  );
});

test.each([
  ['unavailable', 'A partner that is down, and says so'],
  ['unknown', 'A partner that is down, and says nothing'],
  ['breaker', 'A partner that has been down for a while'],
] as const)(
  'the review of an operation that waits for the reason %s has the sentences that support reads of one',
  async (reason, when) => {
    const { operation } = named('payouts.disburse');
    const rows = await reviewRows(scene, named('payouts.disburse'));
    const row = rows.find((each) => each.when === when);

    const shown = operation?.steps.map(({ name, partner }) => {
      const { waiting: wait } = waiting(reason);
      const explanation = explain(
        caseOf({ state: 'waiting', step: name, waiting: { ...wait, partner: partner.name } }),
        NOW,
      );
      const said = new Map(sectionsOf(explanation));
      return (['Why it waits', 'Tell the customer'] as const).map((heading) =>
        String(said.get(heading)?.[0]),
      );
    });

    expect(
      shown?.filter(([why = '', tell = '']) => row?.gets.includes(why) && row.tell.includes(tell)),
    ).toHaveLength(1);
  },
);

test('the page has each action once, with what its clients notice in which versions, what others notice, and a table that no bar breaks', async () => {
  const change = {
    name: '2026-11-01 x',
    id: 'x',
    routes: [],
    breaking: true,
    sentence: 'a client of a | b is refused',
  };
  const action = named('payouts.cancel');

  const page = await reviewPage(
    scene,
    {
      actions: [{ action, changes: [{ ...change, name: '2026-05-01 x' }, change], isTouched: true }],
      others: [{ ...change, breaking: false }],
    },
    'main',
  );

  expect(page.match(/^## .*$/gm)).toEqual(['## Other clients', '## Old clients', '## payouts.cancel']);
  expect(page).toContain('- **Breaking:** a client of a | b is refused (2026-05-01, 2026-11-01)');
  const cells = page.match(/^\|.*$/gm)?.map((line) => line.split(/(?<!\\)\|/).length);
  expect(new Set(cells)).toEqual(new Set([7]));
  expect(page.match(/<details>/g)?.length).toBe(page.match(/<\/details>/g)?.length);
});
