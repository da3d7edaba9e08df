import type { Action } from '../../core/definitions/define-action.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { collectionPath } from '../../core/definitions/routes.ts';
import type { Service } from '../../service/define-service.ts';
import type { Registry } from '../../service/registry.ts';
import { type Example, type GivenInput, type Input, inputWith, nameOf, paperId } from '../examples.ts';
import { Conformance } from './conformance.ts';
import { eventually } from './eventually.ts';
import { insist, retried } from './insist.ts';
import { Related } from './related.ts';
import { type Answer, freshKey, send } from './request.ts';
import { type On, type Person, type Requested, requested, type Sent } from './requested.ts';
import { freshTenant, token } from './sign-in.ts';
import { refusingPartners, type Step, Ways } from './ways.ts';

/** A resource as it stands. */
export interface Standing {
  readonly id: string;
  readonly state: string;
  readonly etag: string;
  readonly version: number;
  /** Its last read. */
  readonly answer: Answer;
  /** Tags that it had on its way, the oldest first. */
  readonly earlier: readonly string[];
}

/** Whether an operation needs no more waiting: it has ended, or a person has to look. */
const isOver = ({ headers }: Answer): boolean => !headers.has('Retry-After');

/** A service under test, its definitions, and people who use it. Every answer is compared with the document. */
export class Scene {
  readonly service: Service;
  readonly registry: Registry;
  readonly tenant = freshTenant();
  readonly #examples: ReadonlyMap<string, Example>;
  readonly #ways: ReadonlyMap<string, Ways>;
  readonly #standing = new Map<string, Promise<Standing>>();
  readonly #tokens = new Map<string, Promise<string>>();
  readonly #faults: string[] = [];
  readonly #related = new Related((name, tenant) => this.#make(name, tenant));
  #url = '';
  #partnersUrl: string | undefined;
  #conformance: Conformance | undefined;

  /** @param partnersRefuse partners are simulated, and refuse when they are told to */
  constructor(
    service: Service,
    registry: Registry,
    examples: ReadonlyMap<string, Example>,
    partnersRefuse: boolean,
  ) {
    this.service = service;
    this.registry = registry;
    this.#examples = examples;
    this.#ways = new Map(
      registry.resources.map((each) => [each.definition.name, new Ways(each, partnersRefuse)]),
    );
  }

  /**
   * Reads the document of the service that is at this URL from now on.
   * @param partnersUrl of its simulated partners. @default they are none of ours
   */
  async open(url: string, partnersUrl?: string): Promise<void> {
    this.#url = url;
    this.#partnersUrl = partnersUrl;
    const { json } = await send(`${url}/openapi.json`, { method: 'GET' });
    this.#conformance = new Conformance(json);
  }

  get url(): string {
    return this.#url;
  }

  /** What the service's own links begin with; BASE_PATH says so where a proxy before it has a path of its own. */
  get basePath(): string {
    return process.env.BASE_PATH ?? new URL(this.#url).pathname.replace(/\/$/, '');
  }

  waysOf({ name }: Resource): Ways {
    const ways = this.#ways.get(name);
    if (ways === undefined) throw new Error(`there is no resource '${name}'`);
    return ways;
  }

  exampleOf(action: Action): Example {
    const example = this.#examples.get(nameOf(action));
    if (example === undefined) throw new Error(`there is no example of '${nameOf(action)}'`);
    return example;
  }

  /**
   * An input of an example, with the ids of what it names, which is made first where it is not there.
   * @param key that it is sent under. @default none that anything is sent under
   */
  inputOf(given: GivenInput, tenant = this.tenant, key = freshKey()): Promise<Input> {
    return this.#related.inputOf(given, tenant, key);
  }

  /** The same with ids of nothing, where nothing is sent. */
  paperInputOf(given: GivenInput): Input {
    return inputWith(given, paperId(this.registry));
  }

  async #make(name: string, tenant: string): Promise<string> {
    const known = this.registry.resources.find(({ definition }) => definition.name === name);
    if (known === undefined) throw new Error(`there is no resource '${name}'`);
    const [state = ''] = this.waysOf(known.definition).nearest;
    return (await this.bring(known.definition, state, { tenant })).id;
  }

  /** Everybody whom an example names, and who sends those that name nobody. */
  get people(): readonly string[] {
    return [...new Set(['alice', ...[...this.#examples.values()].flatMap(({ by = [] }) => by)])];
  }

  /** What was wrong with answers since this was asked last: nothing, as a rule. */
  takeFaults(): readonly string[] {
    return this.#faults.splice(0);
  }

  tokenOf({ subject = 'alice', tenant = this.tenant, scopes = this.#allScopes() }: Person = {}) {
    const key = JSON.stringify([subject, tenant, scopes]);
    const known = this.#tokens.get(key);
    if (known !== undefined) return known;
    const made = token({ subject, tenant, scopes });
    this.#tokens.set(key, made);
    return made;
  }

  #allScopes(): string {
    const names = this.registry.resources.map(({ definition }) => definition.name);
    return [...names, 'operations'].map((name) => `${name}:*`).join(' ');
  }

  /** Sends to a route, and again under the same key where a 503 says to retry. */
  request(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<Answer> {
    return retried(() => this.once(method, path, sent));
  }

  /** Sends to a route of the document once, and compares the answer with it. */
  async once(method: 'GET' | 'POST', path: string, { from, ...sending }: Sent = {}): Promise<Answer> {
    const answer = await send(`${this.#url}${path}`, {
      token: await this.tokenOf(from),
      ...sending,
      method,
    });
    this.#faults.push(...this.compare(method, path, answer));
    return answer;
  }

  /** What of an answer is not as the document has it. */
  compare(method: string, path: string, answer: Answer): readonly string[] {
    return this.#conformance?.faults(method, path, answer) ?? ['no document was read'];
  }

  get(path: string, sent: Sent = {}): Promise<Answer> {
    return this.request('GET', path, sent);
  }

  /** The request for an action as its example has it, but for what is said here; a create is done on nothing. */
  async requestFor(action: Action, on: On | undefined, sent: Sent = {}): Promise<Requested> {
    const key = freshKey();
    const { input, by } = this.exampleOf(action);
    const body = 'body' in sent ? {} : await this.inputOf(input, sent.from?.tenant, sent.key ?? key);
    return requested(action, on, by, { key, body, ...sent });
  }

  /** The same as it would look: nothing is made for it. */
  paperRequestFor(action: Action, on: On | undefined, sent: Sent = {}): Requested {
    const { input, by } = this.exampleOf(action);
    return requested(action, on, by, { body: this.paperInputOf(input), ...sent });
  }

  /** Performs an action by that request. */
  async perform(...given: Parameters<Scene['requestFor']>): Promise<Answer> {
    const { method, path, sent } = await this.requestFor(...given);
    return this.request(method, path, sent);
  }

  /** Reads the operation that an action was answered with until it is over. */
  follow({ json }: Answer, from: Person = {}): Promise<Answer> {
    return eventually(
      `operation ${json.id} to end`,
      () => this.get(`/operations/${json.id}`, { from, headers: { Prefer: 'wait=20' } }),
      isOver,
      { progress: ({ etag }) => etag },
    );
  }

  /** Reads a resource, again while the answer says so. */
  async read({ name }: Resource, id: string, from: Person = {}): Promise<Standing> {
    const path = `/${name}/${id}`;
    const answer = await insist(`GET ${path}`, () => this.get(path, { from }));
    const { state, version } = answer.json;
    return {
      id,
      state: String(state),
      version: Number(version),
      etag: answer.etag,
      answer,
      earlier: [],
    };
  }

  /**
   * A new resource in a state, by the shortest way there.
   * @param inputs of steps of it, by `resource.action`. @default their examples
   * @throws Error that names the way and the step of it that was refused
   */
  async bring(
    resource: Resource,
    state: string,
    from: Person = {},
    inputs: Readonly<Record<string, GivenInput>> = {},
  ): Promise<Standing> {
    const way = this.waysOf(resource).to(state);
    if (way === undefined) throw new Error(`no way leads ${resource.name} to '${state}'`);
    let on: Standing | undefined;
    for (const step of way) on = await this.take(step, on, from, inputs[nameOf(step.action)]);
    if (on === undefined) throw new Error(`no action makes ${resource.name}`);
    return on;
  }

  /**
   * Takes one step of a way as a client does, again while the answer says so, and waits for the operation that it starts.
   * @throws Error with the answer, when it is refused or comes to another state
   */
  async take(
    { action, to, end }: Step,
    on: Standing | undefined,
    from: Person = {},
    input: GivenInput = this.exampleOf(action).input,
  ): Promise<Standing> {
    const refusing = end === 'failed' && action.operation ? refusingPartners(action.operation) : [];
    await this.#tell(refusing, { reject: 1, only: on?.id });
    const key = freshKey();
    const told = `${nameOf(action)}, on the way to '${to}',`;
    const sent = { key, from, body: await this.inputOf(input, from.tenant, key) };
    const answer = await insist(told, () => this.perform(action, on, sent)).catch((error: Error) => {
      throw new Error(`${error.message}; change its example, or say by whom its rules let it be sent`);
    });
    const { resource } = answer.json as { resource?: { id: string } };
    if (end !== undefined) await this.follow(answer, from);
    // Its own alone: others may be on their way.
    await this.#tell(refusing, { only: on?.id });
    const next = await this.read(action.resource, String(resource?.id ?? answer.json.id), from);
    if (next.state !== to) throw new Error(`${told} has come to '${next.state}'`);
    return { ...next, earlier: [...(on?.earlier ?? []), ...(on === undefined ? [] : [on.etag])] };
  }

  /** Tells partners what to do wrong; without faults, everything right again. */
  async #tell(partners: readonly string[], faults: object): Promise<void> {
    for (const name of partners)
      await fetch(`${this.#partnersUrl}/faults/${name}`, { method: 'PUT', body: JSON.stringify(faults) });
  }

  /** A resource that stands in a state, for requests that are refused: the same one each time. */
  standing(resource: Resource, state: string): Promise<Standing> {
    const key = `${collectionPath(resource)} ${state}`;
    const there = this.#standing.get(key) ?? this.bring(resource, state);
    this.#standing.set(key, there);
    return there;
  }

  /** Names of the actions that a state permits, in order. */
  allowed(resource: Resource, state: string): readonly string[] {
    const permitted = this.waysOf(resource).actions.filter(({ from }) => from?.includes(state));
    return permitted.map(({ name }) => name).sort();
  }
}
