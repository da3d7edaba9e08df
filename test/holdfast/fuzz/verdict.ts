import { Router } from '../../../lib/holdfast/local/gateway/router.ts';
import { Conformance } from '../../../lib/holdfast/testing/scene/conformance.ts';
import type { Answer } from '../support/client.ts';
import { isHttp, type Outcome, type RawRequest } from './raw-http.ts';
import { type Document, routesOf } from './seeds.ts';

/** What no answer shows: stacks, files, resources of AWS, names of errors and of tables. */
const INTERNALS =
  /\n\s+at |node_modules|\.[jt]s:\d+|file:\/\/|arn:aws|\/(functions|lib|tmp|home)\/|(Records|History|Idempotency)Table|(Type|Syntax|Range|Zod|Reference)Error|Exception\b|dynamodb|[A-Z_]+_TABLE/i;

/** What Node's server answers by itself to a request that it cannot read: it never reaches the gateway. */
const UNREADABLE = [400, 408, 417, 431];

/** What the gateway answers where there is no route. */
const ELSEWHERE = [400, 404, 413];

/** Judges answers by the documents of every version that is served. */
export class Verdict {
  /** By the date of the version, the newest first. */
  readonly #conformances: ReadonlyMap<string, Conformance>;
  readonly #newest: Conformance;
  readonly #paths = new Router<string>();
  readonly #methods = new Set<string>();
  /** How many answers came from Node's server itself, since the request was no HTTP. */
  unreadable = 0;

  /** @param documents by the date of the version, the newest first */
  constructor(documents: ReadonlyMap<string, Document>) {
    this.#conformances = new Map([...documents].map(([date, document]) => [date, new Conformance(document)]));
    const [newest] = documents.values();
    const [conformance] = this.#conformances.values();
    if (newest === undefined || conformance === undefined) throw new Error('no version is served');
    this.#newest = conformance;
    for (const { method, path } of routesOf(newest)) {
      this.#paths.add('ANY', path, path);
      this.#methods.add(`${method} ${path}`);
    }
  }

  /** How many operations, each with a status of its own, were compared with a document. */
  get compared(): number {
    return [...this.#conformances.values()].reduce((sum, { seen }) => sum + seen.size, 0);
  }

  /** What is wrong with the outcome of a request: nothing, as a rule. */
  faults(request: RawRequest, outcome: Outcome): readonly string[] {
    if (outcome === 'hung') return ['no answer came'];
    const readable = isHttp(request);
    if (outcome === 'closed') {
      this.unreadable++;
      return readable ? ['the connection was closed without an answer'] : [];
    }
    const { status, headers, text } = outcome;
    if (!headers.has('x-amzn-requestid')) {
      this.unreadable++;
      const own = UNREADABLE.includes(status) && text === '';
      return readable || !own
        ? [`${status} came from elsewhere than the gateway: ${text.slice(0, 200)}`]
        : [];
    }
    const shown = `${text}\n${[...headers].map((field) => field.join(': ')).join('\n')}`;
    return [
      ...(status >= 500 ? [`${status}: ${text.slice(0, 300)}`] : []),
      ...(INTERNALS.test(shown)
        ? [`it shows ${INTERNALS.exec(shown)?.[0]?.trim()}: ${shown.slice(0, 500)}`]
        : []),
      ...this.#contractFaults(request, outcome),
    ];
  }

  #contractFaults(request: RawRequest, answer: Answer): readonly string[] {
    const { method, target } = request;
    const { status, text } = answer;
    // An answer to HEAD is without its body, and no route has one.
    if (method === 'HEAD') return status === 404 || status === 400 ? [] : [`HEAD was answered ${status}`];
    const path = this.#pathOf(target);
    // A preflight is the gateway's, and no part of the document.
    if (method === 'OPTIONS' && status === 204) return text === '' ? [] : [`a preflight shows ${text}`];
    const known = path !== undefined && this.#methods.has(`${method} ${path}`);
    if (known)
      return this.#conformance(request, answer).faults(method, path.replace(/\{[^}]+\}/g, 'x'), answer);
    if (!ELSEWHERE.includes(status)) return [`${status} where there is no route: ${text.slice(0, 200)}`];
    // What a gateway itself answers is what any route may answer.
    return this.#newest.faults('GET', '/problems', answer);
  }

  /** That of the version which the answer is in: a deprecated one says so. */
  #conformance({ headers }: RawRequest, answer: Answer): Conformance {
    if (!answer.headers.has('Deprecation')) return this.#newest;
    const asked = headers.findLast(([name]) => name.toLowerCase() === 'api-version')?.[1] ?? '';
    return this.#conformances.get(asked.trim()) ?? this.#newest;
  }

  /** The path of the document that a target means, as the gateway reads it. */
  #pathOf(target: string): string | undefined {
    // Between the words of its first line, a reader may take several spaces for one (RFC 9112 3).
    const word = target.replace(/ +$/, '');
    const path = word.replace(/^https?:\/\/[^/?]*/, '').replace(/[?#].*$/s, '');
    try {
      const segments = path.slice(1).replace(/\/$/, '').split('/').map(decodeURIComponent);
      return this.#paths.find('ANY', segments)?.route;
    } catch {
      return undefined;
    }
  }
}
