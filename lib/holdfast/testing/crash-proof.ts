import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, jest, test } from '@jest/globals';
import type { Action } from '../core/definitions/define-action.ts';
import { readFunctions } from '../local/functions/functions.ts';
import type { LocalCloud } from '../local/local-cloud.ts';
import type { LedgerEntry } from '../local/partners/ledger.ts';
import type { Service } from '../service/define-service.ts';
import { loadRegistry } from '../service/registry.ts';
import { type DynamoDbProxy, startDynamoDbProxy } from './crash/dynamodb-proxy.ts';
import { callerOf } from './crash/function-call.ts';
import { Injector } from './crash/injector.ts';
import { seeded } from './crash/seeded.ts';
import { type Cell, difference, type Laboratory, type Trial, tryAction } from './crash/trial.ts';
import { type Examples, examplesOf, nameOf } from './examples.ts';
import { untilHeard } from './scene/heard.ts';
import { OwnCloud } from './scene/own-cloud.ts';
import { Scene } from './scene/scene.ts';

/** The last resort: whatever waits has a bound of its own, and says what it has waited for. */
const PATIENCE_MS = 600_000;

/** What befalls a function between two of its calls: it dies, or an answer is lost and the SDK asks again. */
const FAULTS = ['dies before', 'dies after', 'times out'];

/** How much is tried. */
export interface CrashOptions {
  /** Points at which a function is hit, spread over the actions; each is hit once at least. */
  readonly points: number;
  /** The same points as under that seed before. @default SEED of the environment, or a new one, which a failure names */
  readonly seed?: number;
}

/**
 * Registers Jest tests that end the function of each action between its calls of AWS, and send the request again:
 * `await crashProof(service, examples, { points: 16 })`. However it was hit, there are one answer and one effect.
 * @throws Error that names what an example lacks
 */
export async function crashProof(
  service: Service,
  examples: Examples,
  { points, seed = Number(process.env.SEED ?? randomInt(2 ** 31)) }: CrashOptions,
): Promise<void> {
  const registry = await loadRegistry();
  const scene = new Scene(service, registry, examplesOf(registry, examples), true);
  const actions = registry.resources.flatMap(({ definition, actions: all }) => {
    const { standing } = scene.waysOf(definition);
    return all
      .map((each) => each.definition)
      .filter(({ from }) => from === undefined || standing.some((state) => from.includes(state)));
  });
  const each = Math.max(1, Math.ceil(points / actions.length));

  jest.setTimeout(PATIENCE_MS);
  const cloud = new OwnCloud();
  let proxy: DynamoDbProxy | undefined;
  let lab: Laboratory;
  let callers: ReadonlyMap<string, string>;
  beforeAll(async () => {
    const between = await startDynamoDbProxy('');
    proxy = between;
    const running = await cloud.start({ AWS_ENDPOINT_URL: between.url });
    between.target = running.awsUrl;
    await scene.open(running.url, running.partnersUrl);
    callers = callersOf(running);
    const prefixes = registry.resources.map(({ definition }) => definition.idPrefix);
    lab = {
      scene,
      injector: new Injector(between, running.pool, prefixes),
      ledger: async () => (await (await fetch(`${running.partnersUrl}/ledger`)).json()) as LedgerEntry[],
    };
  });
  afterAll(async () => {
    await cloud.close();
    await proxy?.close();
  });

  describe('a function that is hit', () => {
    test.each(actions.map((action): [string, Action] => [nameOf(action), action]))(
      '%s has one answer and one effect when its function dies between two calls, or an answer is lost on its way to it',
      async (name, action) => {
        const own = callers.get(`${action.resource.name}-${action.name}`);
        const violation = await hit(lab, action, { own, times: each, seed });
        if (violation !== undefined) throw new Error(`SEED=${seed}: ${name} ${violation}`);
      },
    );
  });
}

/** Functions as the injector names them, by their names in the service. */
const callersOf = ({ stacks }: LocalCloud): ReadonlyMap<string, string> =>
  new Map(readFunctions(stacks).map(({ entry, resource }) => [entry.name, callerOf(resource.logicalId)]));

/**
 * Hits the function of an action so often, each time at another point.
 * @param own name of the function, as the injector knows it
 * @returns what went wrong, in words; undefined where everything held
 */
async function hit(
  lab: Laboratory,
  action: Action,
  { own, times, seed }: { readonly own: string | undefined; readonly times: number; readonly seed: number },
): Promise<string | undefined> {
  const undisturbed = await untilHeard(() => tryAction(lab, action));
  const points = undisturbed.points.filter(({ caller }) => caller === own);
  const cells = points.flatMap((point) => FAULTS.map((fault): Cell => ({ point, fault })));
  let hits = 0;
  for (const cell of shuffled(cells, seed)) {
    if (hits === times) break;
    const { struck, violation } = await tryCell(lab, action, cell, undisturbed.outcome);
    const { fault, point } = cell;
    if (violation !== undefined) return `${fault} ${point.what} (${point.ordinal}):\n${violation}`;
    // A call that only a loaded machine makes is not made again: another takes its place.
    if (struck) hits++;
  }
  return hits === 0 ? 'was hit at none of its calls, so nothing is shown' : undefined;
}

/** What came of one cell: whether it was hit, and what went wrong, in words. */
async function tryCell(
  lab: Laboratory,
  action: Action,
  cell: Cell,
  undisturbed: Trial['outcome'],
): Promise<{ readonly struck: boolean; readonly violation: string | undefined }> {
  try {
    const { struck, outcome } = await untilHeard(() => tryAction(lab, action, cell));
    return { struck, violation: difference(undisturbed, outcome) };
  } catch (error) {
    return { struck: true, violation: String(error) };
  }
}

/** All, in an order that the seed makes. */
function shuffled<T>(all: readonly T[], seed: number): readonly T[] {
  const random = seeded(seed);
  return all
    .map((one) => ({ one, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ one }) => one);
}
