import payouts from '../../../../functions/actions/payouts/resource.ts';
import type { Action } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import type { Transition } from '../../../../lib/holdfast/core/definitions/representation.ts';
import { representationIn, tagOf } from '../../../../lib/holdfast/core/requests/view.ts';
import { partitionKey } from '../../../../lib/holdfast/core/store/keys.ts';
import type { Store } from '../../../../lib/holdfast/core/store/store.ts';
import { ApiVersions } from '../../../../lib/holdfast/core/versions/api-version.ts';
import { MemoryStore } from '../../../../lib/holdfast/testing/memory-store.ts';
import { BEGINNINGS } from '../../model/beginnings.ts';
import type { History, Read, Sent, User, Write } from '../../model/history.ts';
import { inputIn, isTold, Knowledge } from '../../model/knowledge.ts';
import { ACTIONS } from '../../model/payout-machine.ts';
import type { Program, Request } from '../../model/program.ts';
import type { Answer } from '../../support/client.ts';
import { counterOf } from '../../support/counter.ts';
import versionDefinitions from '../../support/registered-versions.ts';

/** So many requests of a program are under way at the same time. */
const AT_ONCE = 3;

const TENANTS = ['acme', 'acmex'] as const;

const VERSIONS = new ApiVersions(versionDefinitions, '2026-11-01');

/** What a program is performed with. */
interface Means {
  /** By their names. One that starts an operation is not asked for: nobody ends one here. */
  readonly actions: ReadonlyMap<string, Action>;
  /** A store that is not what it should be. @default the store itself */
  readonly store?: (store: MemoryStore) => Store;
}

/** Runs a program by the write contract itself over the store of quick tests, to its end, and looks at what has come of it. */
export async function performInMemory(program: Program, { actions, store: of }: Means): Promise<History> {
  const turns = new Turns();
  const memory = new MemoryStore(() => turns.next());
  const store = of?.(memory) ?? memory;
  const ask = counterOf(store, { transitions: transitionsOf(actions) });
  const view = (version: Write['version']) => ({
    transitions: transitionsOf(actions),
    version: VERSIONS.of(VERSIONS.named(version)) ?? VERSIONS.newest,
    versions: VERSIONS,
  });
  const knowledge = new Knowledge(program.payouts.length, TENANTS);
  const sent: Sent[] = [];
  let clock = 0;

  async function read({ id = '', user, version }: Pick<Read, 'id' | 'user' | 'version'>): Promise<Answer> {
    const item = await store.load(payouts, partitionKey(payouts, user.tenant, id));
    if (item === undefined) return answer(404, { code: 'not-found' });
    const shown = representationIn(view(version), payouts, item.stored);
    return answer(200, shown, tagOf(view(version), item.stored));
  }

  async function write({ action, id, user, input, ...rest }: Write): Promise<Answer> {
    const known = actions.get(action);
    if (known === undefined) throw new Error(`there is no action ${action}`);
    const { ifMatch, key, version } = rest;
    const asked = {
      ...(id !== undefined && { id }),
      ...(ifMatch !== undefined && { ifMatch }),
      ...{ key, version, input: inputIn(input, version), tenant: user.tenant, actor: user.name },
    };
    const said = await ask(known, asked);
    // A refusal may have none.
    return { ...said, etag: said.etag.startsWith('"') ? said.etag : '', headers: new Headers() };
  }

  async function send(what: Write | Read, lost = false): Promise<void> {
    const one: { -readonly [K in keyof Sent]: Sent[K] } = {
      what,
      invoked: ++clock,
      answered: undefined,
      answer: undefined,
      calls: ['done'],
    };
    sent.push(one);
    const said = what.kind === 'act' ? await write(what) : await read(what);
    if (lost) return;
    Object.assign(one, { answered: ++clock, answer: said });
    knowledge.learn(one);
  }

  const isAskedFor = ({ action }: Write) => actions.get(action)?.operation === undefined;

  const says = (request: Request, index: number) => {
    if (request.do === 'end-operation' || request.do === 'cancel-operation') return undefined;
    const what = knowledge.say(request, index);
    return what?.kind === 'payout' || (what?.kind === 'act' && isAskedFor(what)) ? what : undefined;
  };

  for (const [payout, beginning] of program.payouts.entries()) {
    for (const [i, [action, user]] of BEGINNINGS[beginning].entries()) {
      const asked = { action, payout, user, ifMatch: 'newest', version: undefined, faults: [], lost: false };
      const what = says({ do: 'act', ...asked } as Request, 1000 + 100 * payout + i);
      if (what !== undefined) await send(what);
    }
  }
  const left = program.requests.entries();
  await turns.take(program.choices, AT_ONCE, () => {
    for (const [index, request] of left) {
      const what = says(request, index);
      if (what !== undefined) return send(what, request.lost);
    }
    return undefined;
  });
  for (const { what, answer: told } of [...sent]) if (what.kind === 'act' && !isTold(told)) await send(what);

  const made = new Map<string, User>();
  for (const { what, answer: told } of sent)
    if (what.kind === 'act' && told?.status === 201) made.set(String(told.json.id), what.user);
  const final = await Promise.all(
    [...made].map(async ([id, user]) => {
      const { tenant } = user;
      const items = memory.kept
        .filter(({ pk }) => pk === partitionKey(payouts, tenant, id))
        .map(({ event }) => event);
      const payout = await read({ id, user, version: undefined });
      const { version } = payout.json;
      const history = answer(200, { items, completeToVersion: version, currentVersion: version });
      return { id, tenant, payout, history, operations: [], transfers: [] };
    }),
  );
  return { sent, final };
}

const answer = (status: number, body: object, etag = ''): Answer => {
  const text = JSON.stringify(body);
  return { status, text, json: JSON.parse(text), etag, replayed: false, headers: new Headers() };
};

/** The sample's, whatever else can be done here: the model shows no other. */
const transitionsOf = (actions: ReadonlyMap<string, Action>): readonly Transition[] =>
  ACTIONS.toSorted().flatMap((name) => {
    const { from } = actions.get(name) ?? {};
    return from === undefined ? [] : [{ name, from, to: '' }];
  });

/** Lets one call at a time go on, of all that have come so far. */
class Turns {
  #held: (() => void)[] = [];
  #free = true;

  /** Waits until it is its turn. */
  next(): Promise<void> {
    return this.#free ? Promise.resolve() : new Promise((resolve) => void this.#held.push(resolve));
  }

  /**
   * Starts requests, and lets calls go on, as choices say; the oldest does where they end.
   * @param start starts the next request; undefined where there is none
   */
  async take(
    choices: readonly number[],
    atOnce: number,
    start: () => Promise<void> | undefined,
  ): Promise<void> {
    this.#free = false;
    const underWay = new Set<Promise<void>>();
    let mayStart = true;
    for (let step = 0; mayStart || underWay.size > 0; ) {
      // Whoever runs runs until it is answered, or waits for its turn.
      await new Promise((resolve) => setImmediate(resolve));
      const starts = mayStart && underWay.size < atOnce;
      const count = this.#held.length + (starts ? 1 : 0);
      if (count === 0) continue;
      const [release] = this.#held.splice((choices[step++] ?? 0) % count, 1);
      if (release !== undefined) {
        release();
        continue;
      }
      const request = start();
      mayStart = request !== undefined;
      if (request === undefined) continue;
      underWay.add(request);
      void request.finally(() => underWay.delete(request));
    }
    this.#free = true;
  }
}
