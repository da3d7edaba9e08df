import { join } from 'node:path';
import type { Operation } from '../../../../lib/holdfast/core/definitions/define-operation.ts';
import { loadRegistry, type Registered, type Registry } from '../../../../lib/holdfast/service/registry.ts';
import { alone } from '../../../../lib/holdfast/testing/explore/alone.ts';
import { tables } from '../../../../lib/holdfast/testing/explore/fates.ts';
import type { Call, Order } from '../../../../lib/holdfast/testing/explore/hosted-function.ts';
import { answerIn, BEGIN_MS, requested } from '../../../../lib/holdfast/testing/explore/http.ts';
import { Stand } from '../../../../lib/holdfast/testing/explore/stand.ts';
import { itemIn } from '../../../../lib/holdfast/testing/explore/store/table.ts';
import { type Reply, World } from '../../../../lib/holdfast/testing/explore/store/world.ts';

// Functions as they are deployed, a table in memory, and partners that say what a test has them say.

/** Where its definitions are. */
export const SHOP = 'test/holdfast/capabilities/results/shop';

const there = <T extends { readonly file: string }>(registered: T): T => ({
  ...registered,
  file: `${SHOP}/${registered.file}`,
});

const loaded = await loadRegistry(join(import.meta.dirname, 'shop'));

/** A service of orders that are shipped. */
export const registry: Registry = {
  resources: loaded.resources.map((resource) => ({
    ...there(resource),
    actions: resource.actions.map(there),
  })),
  operations: loaded.operations.map(there),
  versions: [],
};

/** The same with another release of its operation. */
export const registryOf = (operation: Registered<Operation>): Registry => ({
  ...registry,
  operations: [operation],
});

/** Values of variables that its functions have. */
export const VALUES = {
  PARTNER_URLS: JSON.stringify({
    printer: 'http://partners.invalid/printer',
    carrier: 'http://partners.invalid/carrier',
  }),
  STATE_MACHINES: JSON.stringify({ 'ship-order': 'arn:aws:states:eu-west-1:0:stateMachine:ship' }),
  CALLBACK_SECRETS: '{}',
  WAITING_SEATS: '10',
};

export const standOf = (names: readonly string[], of: Registry = registry): Promise<Stand> =>
  Stand.of(of, names, { values: VALUES });

/** A request of a partner's, and how often it was sent what it is sent under this reference. */
export interface Sent {
  readonly partner: string;
  readonly method: string;
  readonly command: string;
  readonly reference: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export type Says = (sent: Sent, before: readonly Sent[]) => object | undefined;

const done: Says = ({ command, reference }) =>
  ({
    print: { status: 'PRINTED', labelId: `l-${reference}` },
    void: { status: 'VOIDED' },
    collect: { status: 'COLLECTED', trackingNumber: `t-${reference}` },
  })[command];

/** Turns after which whoever acts at once has done so. */
const LATER_TURNS = 1_000;

/** So many seconds pass between two things that happen. */
const APART_SECONDS = 60;

const REQUEST =
  /^(?<method>GET|POST) \/(?<partner>printer|carrier)\/(?<command>[a-z]+)(?:\/(?<reference>.*))?$/;

/** What was sent to partners, how often, in the world that they are in. */
export const LEDGER = 'ledger/';

/** One order that is being shipped. */
export class Shipment {
  readonly #stand: Stand;
  readonly sent: Sent[] = [];
  world = new World();
  #turn = 0;
  #epoch = 1;
  /** What partners say; what it does not say, they say as they do on a good day. */
  says: Says = () => undefined;
  id = '';
  operation = '';

  constructor(stand: Stand) {
    this.#stand = stand;
  }

  /** The same order and its operation, as they stand in another world, long after. */
  in(world: World): Shipment {
    const other = new Shipment(this.#stand);
    return Object.assign(other, { id: this.id, operation: this.operation, world }).afterwards();
  }

  private afterwards(): this {
    this.#turn = LATER_TURNS;
    return this;
  }

  /** An order whose operation has been accepted. */
  static async begun(stand: Stand): Promise<Shipment> {
    const shipment = new Shipment(stand);
    const { json, headers } = await shipment.ask('orders-create', {}, { address: '1 Mill Lane' });
    shipment.id = String(json.id);
    const started = await shipment.ask('orders-ship', { orderId: shipment.id }, {}, headers.ETag);
    shipment.operation = String(started.json.id);
    return shipment;
  }

  /** A request of a client. */
  async ask(name: string, parameters: Readonly<Record<string, string>>, body: object, ifMatch?: string) {
    const turn = this.#turn++;
    const order = requested(
      `turn.${turn}`,
      {
        by: { subject: 'alice', tenant: 'acme' },
        scopes: 'orders:* operations:*',
        parameters,
        headers: { 'Idempotency-Key': `key-${turn}`, ...(ifMatch && { 'If-Match': ifMatch }) },
        body: JSON.stringify(body),
      },
      this.#at(turn),
    );
    const answer = answerIn(await this.#invoke(name, order));
    if (answer === undefined) throw new Error(`${name} gave no answer`);
    return { status: answer.status, headers: answer.headers, json: JSON.parse(answer.text) };
  }

  /** Time passes in which nothing happens. */
  later(seconds: number): void {
    this.#turn += seconds / APART_SECONDS;
  }

  cancel = () => this.ask('operations-cancel', { operationId: this.operation }, {});

  resolve = (body: object) =>
    this.ask('operations-resolve', { operationId: this.operation }, { evidence: 'a call', ...body });

  read = () => this.ask('orders-get', { orderId: this.id }, {});

  /** The operation, as clients are shown it. */
  shown = () => this.ask('operations-get', { operationId: this.operation }, {});

  /** What the execution is told to do next. @param stand of the release that runs it */
  async next(stand = this.#stand): Promise<Readonly<Record<string, unknown>>> {
    this.#epoch = Number(this.machine().epoch?.N);
    return this.#told('operate', { operation: this.pk, epoch: this.#epoch, last: { type: 'none' } }, stand);
  }

  /** The message that the execution was told to send, and the function that takes it. */
  message({ do: _, timeoutSeconds: __, ...directive }: Readonly<Record<string, unknown>>) {
    const body = { operation: this.pk, epoch: this.#epoch, token: `token-${this.#turn}`, ...directive };
    const name = directive.step === 'print' ? 'partner-printer' : 'partner-carrier';
    return { name, event: { Records: [{ messageId: 'm', body: JSON.stringify(body) }] } };
  }

  /** Hands it over. */
  async deliver(directive: Readonly<Record<string, unknown>>): Promise<void> {
    const { name, event } = this.message(directive);
    const { batchItemFailures } = await this.#told(name, event);
    if (batchItemFailures.length > 0) throw new Error(`${name} left its message in the queue`);
  }

  /** The execution goes on until it ends, or so many messages were handed over. @param stand as of {@link next} */
  async carriedOut({ messages = 20, stand = this.#stand } = {}): Promise<void> {
    for (let turn = 0, delivered = 0; turn < 40 && delivered < messages; turn++) {
      const directive = await this.next(stand);
      if (directive.do === 'end') return;
      if (directive.do === 'wait') continue;
      await this.deliver(directive);
      delivered++;
    }
  }

  /** Commands that were sent, each as often as it was. */
  commands = () => this.sent.filter(({ method }) => method === 'POST').map(({ command }) => command);

  get pk(): string {
    return `operations#acme#${this.operation}`;
  }

  machine = () => this.#item()?.hidden?.M?.machine?.M ?? {};

  /** The operation as a release has left it that kept no results. */
  forget(): void {
    const { results: _, ...machine } = this.machine();
    const item = this.#item();
    const hidden = { M: { ...item?.hidden?.M, machine: { M: machine } } };
    const name = `RecordsTable/${this.pk}`;
    this.world = this.world.with([[name, JSON.stringify({ ...item, hidden })]]);
  }

  /** The order is gone, as after a restore that tore the two apart. */
  lose(): void {
    this.world = this.world.with([[`RecordsTable/orders#acme#${this.id}`, undefined]]);
  }

  #item = () => itemIn(this.world, `RecordsTable/${this.pk}`);

  #at = (turn: number) => BEGIN_MS + turn * APART_SECONDS * 1000;

  async #told(name: string, event: object, stand = this.#stand) {
    const turn = this.#turn++;
    const order = {
      event: JSON.stringify(event),
      startsAt: this.#at(turn),
      seed: `turn.${turn}`,
      timeoutMs: 15_000,
    };
    const ended = await this.#invoke(name, order, stand);
    if ('threw' in ended) throw new Error(`${name} threw ${ended.threw}`);
    return JSON.parse(ended.returned);
  }

  async #invoke(name: string, order: Order, stand = this.#stand) {
    const serve = (world: World, call: Call) => this.serve(world, call);
    const { world, ended } = await alone(stand.function(name), order, this.world, { ...tables, serve });
    this.world = world;
    return ended;
  }

  /** What is answered to a call, and what the world is then. */
  serve(world: World, call: Call): Reply {
    if (call.what.startsWith('AWSStepFunctions.')) return { world, status: 200, body: '{}' };
    const { groups } = REQUEST.exec(call.what) ?? {};
    if (groups === undefined) return tables.serve(world, call);
    const body = call.body === '' ? {} : JSON.parse(call.body);
    const { partner = '', method = '', command = '', reference = String(body.reference) } = groups;
    const sent = { partner, method, command, reference, body };
    const name = `${LEDGER}${command}`;
    // Of what it was never sent, nobody says that it is done.
    const isKnown = method === 'POST' || world.get(name) !== undefined;
    const usual = isKnown ? done(sent, []) : { status: 'NOT_FOUND' };
    const answer = this.says(sent, [...this.sent]) ?? usual ?? {};
    this.sent.push(sent);
    const noted = method === 'POST' ? [[name, `${Number(world.get(name) ?? 0) + 1}`] as const] : [];
    return { world: world.with(noted), status: 200, body: JSON.stringify(answer) };
  }
}
