import { isDeepStrictEqual } from 'node:util';
import { pascal } from '../../core/kebab-case.ts';
import type { Problem } from '../../core/problems/problem.ts';
import { type Node, ref } from '../schemas/node.ts';
import { type Kind, problemsOfKind } from './possible-problems.ts';
import { problemResponses } from './problem-responses.ts';

const KINDS: readonly Kind[] = ['gateway', 'open', 'read', 'list', 'write'];

/** What the routes of a service refuse: what those of a kind share is described once. */
export class Refusals {
  readonly #prefix: string;
  /** What each kind answers, by status. */
  readonly #byKind: ReadonlyMap<Kind, Readonly<Record<string, Node>>>;

  constructor(prefix: string) {
    this.#prefix = prefix;
    this.#byKind = new Map(KINDS.map((kind) => [kind, problemResponses(problemsOfKind(kind), prefix)]));
  }

  /** The responses that the routes of a kind share, by the name of their component. */
  get components(): Readonly<Record<string, Node>> {
    return Object.fromEntries(
      [...this.#byKind].flatMap(([kind, responses]) =>
        Object.entries(responses).map(([status, response]) => [this.#name(kind, status), response]),
      ),
    );
  }

  /** What a route of this kind refuses, by status. */
  of(kind: Kind, problems: readonly Problem[]): Readonly<Record<string, Node>> {
    const shared = problemsOfKind(kind);
    const own = new Set(problems.map(({ row }) => String(row.status)));
    const codes = new Set(problems.map(({ code }) => code));
    const all = problemResponses(
      [...problems, ...shared.filter(({ code }) => !codes.has(code))],
      this.#prefix,
    );
    return Object.fromEntries(
      Object.entries(all).map(([status, response]) => [
        status,
        own.has(status) ? response : ref('responses', this.#name(kind, status)),
      ]),
    );
  }

  /** Name of the response that a kind shares: that of the first kind which answers the same. */
  #name(kind: Kind, status: string): string {
    const of = (each: Kind) => this.#byKind.get(each)?.[status];
    const same = KINDS.find((other) => isDeepStrictEqual(of(other), of(kind)));
    return `${pascal(same ?? kind)}${status}`;
  }
}
