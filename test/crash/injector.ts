import type { FunctionPool } from '../../lib/local/function-pool.ts';
import type { Call, DynamoDbProxy, Fate } from '../support/dynamodb-proxy.ts';
import { type FunctionCall, readCall } from './calls.ts';
import type { Fault, Invoked } from './faults.ts';

/** A call as it is found again in the same journey of somebody else: the how-manieth of its kind it was. */
export interface Point {
  readonly caller: string;
  readonly what: string;
  readonly ordinal: number;
}

/** A journey that is under way: every point that it passes, and what befalls it at one of them. */
export interface Watch {
  readonly points: Point[];
  readonly at?: { readonly point: Point; readonly fault: Fault };
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

  constructor(proxy: DynamoDbProxy, pool: FunctionPool) {
    this.#pool = pool;
    proxy.fate = (call) => this.#fate(call);
  }

  /** From now on a tenant's calls are watched. */
  watch(tenant: string, at?: Watch['at']): Watch {
    const watch: Watch = { points: [], struck: false, ...(at && { at }) };
    this.#watches.set(tenant, watch);
    return watch;
  }

  unwatch(tenant: string): void {
    this.#watches.delete(tenant);
  }

  #fate(raw: Call): Fate | Promise<Fate> {
    const call = readCall(raw);
    const again = this.#struck.get(call.sdkCall);
    if (again !== undefined) return again.attempts === 'all' ? this.#strike(again, call) : 'pass';
    for (const watch of this.#whose(call)) {
      const { points, at } = watch;
      const alike = points.filter(({ caller, what }) => caller === call.caller && what === call.what).length;
      points.push({ caller: call.caller, what: call.what, ordinal: alike + 1 });
      const isPoint =
        at?.point.caller === call.caller && at.point.what === call.what && at.point.ordinal === alike + 1;
      if (!isPoint) continue;
      watch.struck = true;
      this.#struck.set(call.sdkCall, at.fault);
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

  /** Journeys that a call belongs to; one that says nothing of anybody, as the sweep's first, belongs to all. */
  #whose({ text, traceId }: FunctionCall): readonly Watch[] {
    const said = this.#named(text);
    const named = said.size > 0 ? said : this.#named(legible(this.#pool.running(traceId)?.event));
    const tenants = named.size > 0 ? named : this.#watches.keys();
    return [...tenants].flatMap((tenant) => this.#watches.get(tenant) ?? []);
  }

  #named(text: string): Set<string> {
    const named = new Set<string>();
    for (const [, tenant = ''] of text.matchAll(/\b(crash-\d+)\b/g)) named.add(tenant);
    const ids = [...text.matchAll(/\b(?:po|op)_[0-9a-z]+/gi)].map(([id]) => id);
    const [only] = named;
    for (const id of ids) {
      if (named.size === 1 && only !== undefined) this.#tenants.set(id, only);
      const tenant = this.#tenants.get(id);
      if (tenant !== undefined) named.add(tenant);
    }
    return named;
  }
}

/** An event whose body, if it is an HTTP request's, is text. */
function legible(event = '{}'): string {
  const { isBase64Encoded, body } = JSON.parse(event) as { isBase64Encoded?: boolean; body?: string };
  return isBase64Encoded === true ? event + Buffer.from(body ?? '', 'base64') : event;
}
