import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  OPERATION_STATES,
  WAITING_REASONS,
} from '../../../../lib/holdfast/core/operations/operation-progress.ts';
import { problemRows } from '../../../../lib/holdfast/core/operations/problem-rows.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import { examplesOf } from '../../../../lib/holdfast/testing/examples.ts';
import { LocalControl } from '../../../../lib/holdfast/testing/provoke/local-control.ts';
import { type Provocable, provocables, provoke } from '../../../../lib/holdfast/testing/provoke/provoke.ts';
import { Scene } from '../../../../lib/holdfast/testing/scene/scene.ts';
import service from '../../../../lib/service.ts';
import examples from '../../../examples.ts';
import { BASE_URL, freshTenant } from '../../contract/users.ts';

const registry = await loadRegistry();
const scene = new Scene(service, registry, examplesOf(registry, examples), true);
const rows = problemRows(registry.resources.map(({ definition }) => definition));
const all = provocables(scene);
const possible = all.filter(({ actions }) => actions.length > 0);

/** All consumers of a partner share its rate and its breaker: these are made when nobody else is on their way. */
const SHARED = ['waiting:rate', 'waiting:breaker'];

/** So many are on their way at once. */
const AT_ONCE = 6;

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
