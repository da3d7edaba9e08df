import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { SCREENING_SECRET } from '../support/by-hand.ts';
import type { Wire } from '../support/wire.ts';
import { liveDocuments } from './documents.ts';
import { type Plan, plans } from './mutations.ts';
import { exchange, type RawRequest } from './raw-http.ts';
import { type Document, type Route, routesOf, type Standing, seedOf } from './seeds.ts';
import { type Stage, setStage } from './stage.ts';
import { changedSince, readStored } from './stored.ts';
import { Verdict } from './verdict.ts';

/** What the tables hold is compared after so many requests. */
const BATCH = 50;

/** Requests under way at once. */
const CONCURRENCY = 6;

/** A stack with what it says. */
const LAST_LINES = 20;

/** What came of it. */
export interface BytesReport {
  readonly requests: number;
  /** How many answers had each status; `closed` where the connection was closed without one. */
  readonly statuses: ReadonlyMap<string, number>;
  /** How many of them Node's server gave itself, since the request was no HTTP. */
  readonly unreadable: number;
  /** Requests that were valid still, and did what they ask. */
  readonly accepted: number;
  /** Operations of the documents, each with a status of its own, that answers were compared with. */
  readonly compared: number;
  /** Each with the request that it came of. */
  readonly faults: readonly string[];
}

/** Sends what the documents ask for with something wrong in its bytes, and judges what comes of it. */
export async function fuzzBytes({ service, table }: Wire, seed: number, count: number): Promise<BytesReport> {
  const run = new Run(service.url, await setStage(service.url), await liveDocuments(service.url));
  const all = plans(seed, count);
  try {
    for (let start = 0; start < all.length; start += BATCH) {
      await run.batch(all.slice(start, start + BATCH), () => readStored(table));
    }
  } catch (error) {
    if (service.child.exitCode === null) throw error;
    run.ended(service.lines);
  }
  return run.report();
}

class Run {
  readonly #url: string;
  readonly #stage: Stage;
  readonly #verdict: Verdict;
  readonly #routes: readonly {
    readonly version: string;
    readonly document: Document;
    readonly route: Route;
  }[];
  readonly #statuses = new Map<string, number>();
  readonly #faults: string[] = [];
  #requests = 0;
  #accepted = 0;

  constructor(url: string, stage: Stage, documents: ReadonlyMap<string, Document>) {
    this.#url = url;
    this.#stage = stage;
    this.#verdict = new Verdict(documents);
    this.#routes = [...documents].flatMap(([version, document]) =>
      routesOf(document).map((route) => ({ version, document, route })),
    );
  }

  async batch(batch: readonly Plan[], stored: () => ReturnType<typeof readStored>): Promise<void> {
    const stands = await this.#stage.next();
    const before = await stored();
    const sent: string[] = [];
    const left = batch.values();
    const worker = async () => {
      for (const plan of left) sent.push(await this.#send(plan, stands));
    };
    await Promise.all(Array.from({ length: CONCURRENCY }, worker));
    const after = await stored();
    const changed = changedSince(before, after).filter(
      (key) => !this.#stage.explains(key, after.get(key)?.tag),
    );
    if (changed.length === 0) return;
    this.#faults.push(
      [`stored by a request that was refused: ${changed.join(', ')}`, 'one of', ...sent].join('\n      '),
    );
  }

  async #send(plan: Plan, stands: Standing): Promise<string> {
    const { version, document, route } = this.#routes[plan.route % this.#routes.length] ?? none();
    const request = mutated(plan, seedOf(document, route, stands, plan.at), version);
    const outcome = await exchange(this.#url, request);
    const status = typeof outcome === 'string' ? outcome : String(outcome.status);
    this.#requests++;
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    if (this.#stage.accept(request, outcome)) this.#accepted++;
    const shown = `${status} ${show(request)}`;
    this.#faults.push(
      ...this.#verdict.faults(request, outcome).map((fault) => `${fault}\n      of ${shown}`),
    );
    return shown;
  }

  /** The service is not there any more. */
  ended(lines: readonly string[]): void {
    this.#faults.push(
      ['the service ended, and its last lines are', ...lines.slice(-LAST_LINES)].join('\n      '),
    );
  }

  report(): BytesReport {
    const { unreadable, compared } = this.#verdict;
    return {
      requests: this.#requests,
      statuses: this.#statuses,
      unreadable,
      accepted: this.#accepted,
      compared,
      faults: this.#faults,
    };
  }
}

function none(): never {
  throw new Error('the documents have no route');
}

function mutated({ mutations, at }: Plan, seed: RawRequest, version: string): RawRequest {
  const named = { ...seed, headers: [...seed.headers, ['API-Version', version] as const] };
  const request = mutations.reduce<RawRequest>((changed, mutation) => mutation(changed), named);
  // Most callbacks are signed, so that what is wrong with their bodies is found.
  return at % 3 === 0 ? request : signed(request);
}

/** Signs as a partner would, where nothing else is wrong with the headers of a callback. */
function signed(request: RawRequest): RawRequest {
  const id = randomUUID();
  const now = new Date();
  const values: Record<string, string> = {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(SCREENING_SECRET).sign(id, now, request.body.toString()),
  };
  const headers = request.headers.map(
    ([name, value]) =>
      [name, value === 'x' && Object.hasOwn(values, name) ? (values[name] ?? '') : value] as const,
  );
  return { ...request, headers };
}

/** A request on one line, without its token. */
const show = ({ method, target, protocol, headers, body, framing }: RawRequest) =>
  JSON.stringify({
    line: shorten(`${method} ${target} ${protocol}`),
    headers: headers.map(([name, value]) => shorten(`${name}: ${value.replace(/^(Bearer ey).*/s, '$1…')}`)),
    body: shorten(body.toString('latin1')),
    framing,
  });

/** Enough of a text to know it again. */
const shorten = (text: string) => (text.length > 120 ? `${text.slice(0, 120)}… (${text.length})` : text);
