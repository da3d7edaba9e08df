import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { provokeCommand } from '../../../../lib/holdfast/cli/explain/provoke.ts';
import {
  OPERATION_STATES,
  WAITING_REASONS,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { loadRegistry, problemsOf } from '../../../../lib/holdfast/service/registry.ts';
import { examplesOf } from '../../../../lib/holdfast/testing/examples.ts';
import { LocalControl } from '../../../../lib/holdfast/testing/provoke/local-control.ts';
import { type Provocable, provocables, provoke } from '../../../../lib/holdfast/testing/provoke/provoke.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import service from '../../../../lib/service.ts';
import examples from '../../../examples.ts';
import { BASE_URL, freshTenant } from '../../contract/users.ts';

const registry = await loadRegistry();
const scene = new Scene(service, registry, examplesOf(registry, examples), true);
const rows = problemsOf(registry);
const all = provocables(scene);
const possible = all.filter(({ actions }) => actions.length > 0);

/** All consumers of a partner share its rate and its breaker: these are made when nobody else is on their way. */
const SHARED = ['waiting:rate', 'waiting:breaker'];

/** So many are on their way at once. */
const AT_ONCE = 4;

const provoked = new Map<string, Promise<Awaited<ReturnType<typeof provoke>>>>();
let control: LocalControl | undefined;

/** In a tenant of its own. A failure is told where it is looked at. */
async function begin(each: Provocable, on: LocalControl): Promise<void> {
  const [action] = each.actions;
  if (action === undefined) return;
  const made = provoke({ scene, control: on, tenant: freshTenant() }, each, action);
  provoked.set(each.name, made);
  await made.catch(() => undefined);
}

beforeAll(async () => {
  const here = await LocalControl.of(BASE_URL);
  if (here === undefined) throw new Error(`${BASE_URL} is no local cloud`);
  control = here;
  await scene.open(BASE_URL, here.partnersUrl);
  const rest = possible.filter(({ name }) => !SHARED.includes(name));
  const work = async () => {
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) await begin(next, here);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const each of possible.filter(({ name }) => SHARED.includes(name))) await begin(each, here);
});
afterAll(() => control?.close());

test('every code, every reason to wait and every state of an operation is provoked, but for a code that is answered no more', () => {
  expect(all.map(({ name }) => name)).toEqual([
    'replay',
    ...rows.keys(),
    ...WAITING_REASONS.map((reason) => `waiting:${reason}`),
    ...OPERATION_STATES.map((state) => `operation:${state}`),
  ]);
  expect(all.filter(({ actions }) => actions.length === 0).map(({ name }) => name)).toEqual([
    'authorizer-misconfigured',
  ]);
});

test.each(possible.map(({ name }) => name))(
  'npm run provoke -- %s brings it about on the local cloud, and the answer is as the contract has it',
  async (name) => {
    const { asked, answer } = (await provoked.get(name)) ?? {};

    const row = rows.get(name);
    expect(answer?.status).toBe(row?.status ?? answer?.status);
    expect(answer?.json.recovery).toBe(row?.recovery);
    // A path that is in no document is the point of one of them.
    const faults = answer && asked ? scene.compare(asked.method, asked.path, answer) : ['nothing was asked'];
    expect(faults).toEqual(
      name === 'route-not-found' ? [expect.stringContaining('is not in the document')] : [],
    );
  },
);

describe('npm run provoke', () => {
  /** What it prints, with the options that it has where none are given. */
  async function printed(name: string | undefined, options: object = {}): Promise<string> {
    const lines: string[] = [];
    const given = { list: false, action: undefined, tenant: 'acme', url: BASE_URL, ...options };
    await provokeCommand(name, given, {}, (line) => lines.push(line));
    return lines.join('\n');
  }

  test('prints the request as it was sent, with a token for it, and what a client needs of the answer', async () => {
    const text = await printed('version-mismatch', { action: 'payouts.submit' });

    expect(text).toMatch(
      /^# version-mismatch, on payouts\.submit\nTOKEN=eyJ\S+\ncurl -i -X POST 'http:\S+\/payouts\/po_\w+\/submit' \\\n/,
    );
    expect(text).toMatch(/\n\nHTTP 412\nETag: "\S+"\n\n\{\n {2}"type": /);
  });

  test('--list says of each on which action it is provoked, or why it cannot be', async () => {
    const lines = (await printed(undefined, { list: true })).split('\n');

    expect(lines).toHaveLength(all.length);
    expect(lines).toContainEqual(expect.stringMatching(/^separation-of-duties +payouts\.approve$/));
    expect(lines).toContainEqual(expect.stringMatching(/^authorizer-misconfigured +cannot be provoked: /));
  });

  test.each([
    ['nonsense', {}, "'nonsense' is nothing that is answered; npm run provoke -- --list tells what is"],
    [
      'version-mismatch',
      { action: 'payouts.create' },
      'version-mismatch: create makes a payout: there is none before it; choose from payouts.',
    ],
    ['authorizer-misconfigured', {}, 'authorizer-misconfigured cannot be provoked: no release answers it'],
    ['replay', { url: process.env.PARTNERS_URL }, 'is no local cloud, where alone faults are made'],
  ])('refuses %s with %j, and says why', async (name, options, message) => {
    await expect(printed(name, options)).rejects.toThrow(message);
  });
});
