import type { Action } from '../../core/definitions/define-action.ts';
import { idParameter } from '../../core/definitions/routes.ts';
import type { Registry } from '../../service/registry.ts';
import { createOf, type Example, freshOf, type Input, inputWith, namedIn, nameOf } from '../examples.ts';
import { otherInput } from '../other-input.ts';
import { alone } from './alone.ts';
import { tables } from './fates.ts';
import type { Order } from './hosted-function.ts';
import { answerIn, BEGIN_MS, isAnswered, requested } from './http.ts';
import type { Actor, Scenario } from './scenario.ts';
import { explore, Violated } from './search.ts';
import { serialJudge } from './serial.ts';
import type { Stand } from './stand.ts';
import { World } from './store/world.ts';
import { storyOf } from './story.ts';

/** An action, how a resource comes to where it may begin, and what is sent for each. */
export interface Tried {
  readonly action: Action;
  /** Actions that bring a resource there, each done at once. */
  readonly way: readonly Action[];
  /** By `resource.action`; what they name is there. */
  readonly examples: ReadonlyMap<string, Example>;
  /** What is there before. @default nothing */
  readonly world?: World;
}

/** A resource that was brought to where an action may begin. */
interface Brought {
  readonly world: World;
  /** Undefined where an action makes it. */
  readonly on?: { readonly id: string; readonly etag: string };
}

/** What a request for an action says besides its example. */
interface Said {
  readonly key: string;
  readonly on: Brought['on'];
  readonly input?: Input | undefined;
  readonly startsAt?: number;
}

/** Clocks of two sendings differ; each one's own is the same in every schedule. */
const APART_MS = 10_000;

const TENANT = 'acme';

/**
 * Explores two requests for an action: the same one twice, two of their own, and of an action that decides on other resources
 * two on resources of their own.
 * @param faults in one schedule, at most
 * @returns what is wrong, and how it came about, in words; undefined where every schedule holds
 */
export async function explorePair(stand: Stand, tried: Tried, faults: number): Promise<string | undefined> {
  const brought = await bring(stand, tried);
  const { action, examples } = tried;
  const input = inputUnder('l', examples.get(nameOf(action)));
  const { on } = brought;
  const twins = { first: { key: 'k', on }, again: { key: 'k', on } };
  const rivals = {
    first: twins.first,
    other: { key: 'l', on, input: otherInput(action, input) ?? input },
  };
  const pairs: (readonly [World, Readonly<Record<string, Said>>])[] = [
    [brought.world, twins],
    [brought.world, rivals],
  ];
  // Each on a resource of its own: what they meet at is what they decide on besides.
  if (action.with !== undefined && brought.on !== undefined) {
    const beside = await bring(stand, { ...tried, world: brought.world }, 'beside');
    pairs.push([beside.world, { first: twins.first, beside: { key: 'l', on: beside.on } }]);
  }
  for (const [world, pair] of pairs) {
    const actors = Object.entries(pair).map(([name, said]) => actorOf(stand, tried, name, said));
    const found = await explored({ actors, world }, faults);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The simplest schedule that is found to be wrong: with no fault first. */
async function explored(
  given: Pick<Scenario, 'actors' | 'world'>,
  most: number,
): Promise<string | undefined> {
  const judge = await serialJudge(given, tables);
  const scenario: Scenario = { ...given, name: '', judge, judged: 'ends' };
  try {
    for (let faults = 0; faults <= most; faults++) await explore(scenario, tables, { faults });
    return undefined;
  } catch (error) {
    if (!(error instanceof Violated)) throw error;
    const lines = await storyOf(scenario, error.steps, tables).then(
      (story) => story.lines,
      (cause: unknown) => [String(cause)],
    );
    return [error.message, '', ...lines].join('\n');
  }
}

function actorOf(stand: Stand, { action, examples }: Tried, name: string, said: Said): Actor {
  return {
    name,
    function: stand.function(`${action.resource.name}-${action.name}`),
    order: (sending) =>
      orderOf(`${name}.${sending}`, action, examples, {
        ...said,
        startsAt: BEGIN_MS + (1 + sending) * APART_MS,
      }),
    isSettled: isAnswered,
  };
}

/**
 * Makes what examples name, so that each can be sent: of every resource as many as one of them asks for.
 * @throws Error for an example that is refused
 */
export async function furnish(
  stand: Stand,
  registry: Registry,
  given: ReadonlyMap<string, Example>,
): Promise<{ readonly examples: Tried['examples']; readonly world: World }> {
  let world = new World();
  const ids = new Map<string, string>();
  const examples = new Map<string, Example>();
  const make = async (resource: string, key: string): Promise<string> => {
    const create = createOf(registry, resource);
    if (create === undefined) throw new Error(`no action makes ${resource}, which an example names`);
    await fill(nameOf(create));
    const made = await done(stand, create, examples, { key, on: undefined }, world);
    ({ world } = made);
    return made.on.id;
  };
  const fill = async (name: string): Promise<void> => {
    const example = given.get(name);
    if (example === undefined || examples.has(name)) return;
    const named = namedIn(example.input);
    const keys: readonly string[] = named.map(
      (each, i) => `${each}-${named.slice(0, i).filter((one) => one === each).length}`,
    );
    for (const [i, key] of keys.entries()) ids.set(key, ids.get(key) ?? (await make(named[i] ?? '', key)));
    examples.set(name, {
      ...example,
      input: (_, fresh) => {
        const left = [...keys];
        return inputWith(example.input, () => ids.get(left.shift() ?? '') ?? '', fresh);
      },
    });
  };
  for (const name of given.keys()) await fill(name);
  return { examples, world };
}

/** @throws Error for an example that is refused */
async function bring(
  stand: Stand,
  { way, examples, world = new World() }: Tried,
  as = 'before',
): Promise<Brought> {
  let brought: Brought = { world };
  for (const [i, action] of way.entries())
    brought = await done(stand, action, examples, { key: `${as}-${i}`, on: brought.on }, brought.world);
  return brought;
}

/** What an example sends under a key: ids are in it already. */
const inputUnder = (key: string, example: Example | undefined): Input =>
  example === undefined ? {} : inputWith(example.input, String, freshOf(key));

/** Does an action while nobody else does anything. @throws Error for an example that is refused */
async function done(
  stand: Stand,
  action: Action,
  examples: Tried['examples'],
  said: Said,
  before: World,
): Promise<Required<Brought>> {
  const invoked = stand.function(`${action.resource.name}-${action.name}`);
  const order = orderOf(said.key, action, examples, said);
  const { world, ended } = await alone(invoked, order, before, tables);
  const { status = 0, headers = {}, text = '' } = answerIn(ended) ?? {};
  if (status >= 300 || status === 0)
    throw new Error(`the example of '${nameOf(action)}' was answered ${status} ${text}; change it`);
  return { world, on: { id: String(JSON.parse(text).id), etag: headers.ETag ?? '' } };
}

function orderOf(
  name: string,
  action: Action,
  examples: Tried['examples'],
  { key, on, input, startsAt = BEGIN_MS }: Said,
): Order {
  const example = examples.get(nameOf(action));
  const { resource, scope, anyVersion } = action;
  return requested(
    name,
    {
      by: { subject: example?.by ?? 'alice', tenant: TENANT },
      scopes: scope,
      ...(on && { parameters: { [idParameter(resource)]: on.id } }),
      headers: { 'Idempotency-Key': key, ...(on && { 'If-Match': anyVersion ? '*' : on.etag }) },
      body: JSON.stringify(input ?? inputUnder(key, example)),
    },
    startsAt,
  );
}
