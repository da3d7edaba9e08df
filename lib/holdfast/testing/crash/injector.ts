import { operations } from '../../core/operations/operations.ts';
import type { FunctionPool } from '../../local/functions/function-pool.ts';
import type { Call, DynamoDbProxy, Fate } from './dynamodb-proxy.ts';
import type { Fault, Invoked } from './faults.ts';
import { type FunctionCall, readCall } from './function-call.ts';

/**
 * A call as it is found again in the same journey of somebody else: the how-manieth of its kind it was, in the journey, or
 * in its own invocation where the clock makes it.
 */
export interface Point {
  readonly caller: string;
  readonly what: string;
  readonly ordinal: number;
}

/** Calls that are refused again and again, so that somebody else has to see to it. */
export interface Refused {
  readonly caller: string;
  readonly what: string;
  /** So many of them. @default all */
  readonly times?: number;
}

/** What befalls a journey. */
export interface Plan {
  readonly refused?: Refused;
  readonly at?: { readonly point: Point; readonly fault: Fault };
}

/** A journey that is under way: every point that it passes, and what befalls it at one of them. */
export interface Watch extends Plan {
  readonly points: Point[];
  /** Whether the point was reached. */
  struck: boolean;
}

/**
 * Sits between functions and AWS. It tells whose journey a call belongs to by the tenant or the ids in it, or else in the
 * event that its function was invoked with.
 */
export class Injector {
  readonly #pool: FunctionPool;
  readonly #watches = new Map<string, Watch>();
  /** Tenants by the ids that were seen together with them. */
  readonly #tenants = new Map<string, string>();
  readonly #struck = new Map<string, Fault>();
  /** By function: what its invocation that the clock made has called so far. */
  readonly #clock = new Map<string, { readonly traceId: string; readonly points: readonly Point[] }>();
  readonly #ids: RegExp;

  /** @param prefixes of the ids of the resources that journeys are made with: `po` */
  constructor(proxy: DynamoDbProxy, pool: FunctionPool, prefixes: readonly string[]) {
    this.#pool = pool;
    const all = [...prefixes, operations.idPrefix].join('|');
    this.#ids = new RegExp(String.raw`\b(?:${all})_[0-9a-z]+`, 'gi');
    proxy.fate = (call) => this.#fate(call);
  }

  /** From now on a tenant's calls are watched. */
  watch(tenant: string, plan: Plan): Watch {
    const watch: Watch = { ...plan, points: [], struck: false };
    this.#watches.set(tenant, watch);
    return watch;
  }

  unwatch(tenant: string): void {
    this.#watches.delete(tenant);
  }

  #fate(raw: Call): Fate | Promise<Fate> {
    const call = readCall(raw);
    const again = this.#struck.get(call.invocation);
    if (again !== undefined) return again.attempts === 'all' ? this.#strike(again, call) : 'pass';
    for (const [watch, point] of this.#passed(call)) {
      const { at, refused } = watch;
      if (refused && isOf(point, refused) && point.ordinal <= (refused.times ?? Number.POSITIVE_INFINITY))
        return { refuse: 'ValidationException' };
      if (watch.struck || !at || !isSame(point, at.point)) continue;
      // Nobody can be killed, or handed his event again, who is not known: then the point counts as missed.
      watch.struck = this.#pool.running(call.traceId) !== undefined;
      this.#struck.set(call.invocation, at.fault);
      return this.#strike(at.fault, call);
    }
    return 'pass';
  }

  #strike(fault: Fault, { traceId }: FunctionCall): Fate | Promise<Fate> {
    const running = this.#pool.running(traceId);
    const invoked: Invoked = {
      kill: async () => running?.kill(),
      repeat: async () => {
        // A twin's answer goes to nobody, as that of a duplicate does.
        if (running) await this.#pool.invoke(running.name, running.event).catch(() => undefined);
      },
    };
    return fault.fate(invoked);
  }

  /** Journeys that a call belongs to, each with the point of it that the call is. */
  #passed(call: FunctionCall): readonly (readonly [Watch, Point])[] {
    const said = this.#named(call.text);
    const named = said.size > 0 ? said : this.#named(legible(this.#pool.running(call.traceId)?.event));
    if (named.size === 0) return this.#passedByClock(call);
    const watches = [...named].flatMap((tenant) => this.#watches.get(tenant) ?? []);
    return watches.map((watch) => {
      const point = pointOf(call, watch.points);
      watch.points.push(point);
      return [watch, point];
    });
  }

  /**
   * What says nothing of anybody, as the sweep's first call, belongs to all. It comes as often as time passes, so it is
   * counted anew in each invocation.
   */
  #passedByClock(call: FunctionCall): readonly (readonly [Watch, Point])[] {
    const { caller, traceId } = call;
    const before = this.#clock.get(caller);
    const points = before?.traceId === traceId ? before.points : [];
    const point = pointOf(call, points);
    this.#clock.set(caller, { traceId, points: [...points, point] });
    return [...this.#watches.values()].map((watch) => {
      if (!watch.points.some((each) => isSame(each, point))) watch.points.push(point);
      return [watch, point];
    });
  }

  #named(text: string): Set<string> {
    const named = new Set<string>();
    for (const [, tenant = ''] of text.matchAll(/\b(crash-\d+)\b/g)) named.add(tenant);
    const ids = [...text.matchAll(this.#ids)].map(([id]) => id);
    const [only] = named;
    for (const id of ids) {
      if (named.size === 1 && only !== undefined) this.#tenants.set(id, only);
      const tenant = this.#tenants.get(id);
      if (tenant !== undefined) named.add(tenant);
    }
    return named;
  }
}

const isOf = (point: Point, { caller, what }: Pick<Point, 'caller' | 'what'>) =>
  point.caller === caller && point.what === what;

const isSame = (point: Point, other: Point) => isOf(point, other) && point.ordinal === other.ordinal;

const pointOf = ({ caller, what }: FunctionCall, before: readonly Point[]): Point => ({
  caller,
  what,
  ordinal: before.filter((point) => isOf(point, { caller, what })).length + 1,
});

/** An event whose body, if it is an HTTP request's, is text. */
function legible(event = '{}'): string {
  const { isBase64Encoded, body } = JSON.parse(event) as { isBase64Encoded?: boolean; body?: string };
  return isBase64Encoded === true ? event + Buffer.from(body ?? '', 'base64') : event;
}
