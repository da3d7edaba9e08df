import { memberAt } from '../values/member-at.ts';
import { isJsonObject, type Json, type JsonObject } from '../values/strict-json.ts';
import { type Outcome, usableResult } from './outcome.ts';
import type { Reply } from './reply.ts';

/**
 * A partner's words, and what each means: the only way from its bytes to an {@link Outcome}. A word is what stands at the
 * members of `at`, joined by `/`, up to the first that is absent or null: `BOOKED`, `ERROR/AC04`. It is read in JSON
 * bodies of 2xx but 206 and 207, which hold a part or several answers, and of statuses that `http` names. Whatever is not named here is `unknown`.
 */
export interface Answers {
  /** Members of the body, by name or by JSON Pointer (RFC 6901): `['status', 'code']`, `['/error/code']`. */
  readonly at: readonly string[];
  /** Done; what of the body is kept on the operation, as text by name. A result that cannot be used is left out. */
  readonly succeeded: readonly string[] | Readonly<Record<string, ReadResult>>;
  /** Taken on, and not over. @default none */
  readonly pending?: readonly string[];
  /** The partner knows no such reference; believed from `query` alone. @default none */
  readonly notFound?: readonly string[];
  /** Not done for sure, and safe to send again. @default none */
  readonly unavailable?: readonly string[];
  /** Refused for good; the reason in our own words, shown to clients. @default none */
  readonly rejects?: Readonly<Record<string, string>>;
  /**
   * What a status means where the body holds no word; `words`: nothing by itself, and its words are read. A status alone
   * says nothing final: proxies, firewalls and wrong base paths answer 403, 404 and 422 too. @default none
   */
  readonly http?: Readonly<Record<number, 'pending' | 'unavailable' | 'words'>>;
}

/** Picks what is kept of a success. It may throw, and return anything: the success stands all the same. */
export type ReadResult = (body: JsonObject) => Readonly<Record<string, unknown>> | undefined;

/** One table for every command, or one for each by the command's name. */
export type PartnerAnswers = Answers | Readonly<Record<string, Answers>>;

/** Where an answer came from. */
export type AnswerSource = 'send' | 'query' | 'callback';

/** What an answer means; and why, where it is named by nothing. */
export interface Reading {
  readonly outcome: Outcome;
  readonly undeclared?: { readonly why: string; readonly word?: string };
}

/** Partial Content (RFC 9110 15.3.7), Multi-Status (RFC 4918 13): not the one answer to one request. */
const OF_PARTS = [206, 207];

const isSuccess = (status: number) => status >= 200 && status < 300 && !OF_PARTS.includes(status);

/** Something stands where a word should, and is none. */
const NO_WORD = Symbol('no word');

/** What a reply means, by the words that its partner has declared. */
export function readAnswer(answers: Answers, reply: Reply, source: AnswerSource): Reading {
  const { status, content, body, retryAfterSeconds } = reply;
  if (content === 'unsent') return { outcome: { kind: 'unavailable' } };
  if (content === 'unanswered') return { outcome: { kind: 'unknown' } };
  const meant = Object.hasOwn(answers.http ?? {}, status) ? answers.http?.[status] : undefined;
  if (!isSuccess(status) && meant === undefined) return undeclared('status');
  if (content === 'unreadable') return undeclared('unreadable');
  const word = content === 'json' ? wordOf(answers.at, body) : undefined;
  if (word === NO_WORD) return undeclared('no word');
  if (word !== undefined && isJsonObject(body))
    return readWord(answers, word, body, source, retryAfterSeconds);
  if (meant === undefined || meant === 'words') return undeclared(content === 'json' ? 'no word' : 'no json');
  return { outcome: later(meant, retryAfterSeconds) };
}

const undeclared = (why: string, word?: string): Reading => ({
  outcome: { kind: 'unknown' },
  undeclared: { why, ...(word !== undefined && { word }) },
});

const later = (kind: 'pending' | 'unavailable', seconds: number | undefined): Outcome => {
  if (seconds === undefined) return { kind };
  return kind === 'pending' ? { kind, pollAfterSeconds: seconds } : { kind, retryAfterSeconds: seconds };
};

/** The word of a body; undefined where there is none. */
function wordOf(at: readonly string[], body: Json | undefined): string | undefined | typeof NO_WORD {
  const parts: string[] = [];
  for (const place of at) {
    const value = memberAt(body, place) ?? null;
    if (value === null) break;
    // An integer that a double cannot hold reads like others beside it.
    const isVague = Number.isInteger(value) && !Number.isSafeInteger(value);
    if (typeof value === 'object' || isVague) return NO_WORD;
    const part = String(value);
    // Else two members could be taken for one word, and one for two.
    if (at.length > 1 && part.includes('/')) return NO_WORD;
    parts.push(part);
  }
  return parts.length === 0 ? undefined : parts.join('/');
}

function readWord(
  answers: Answers,
  word: string,
  body: Json | undefined,
  source: AnswerSource,
  seconds: number | undefined,
): Reading {
  const meaning = meaningsOf(answers).get(word);
  if (meaning === undefined) return undeclared('word', word);
  switch (meaning.kind) {
    case 'succeeded': {
      const result = isJsonObject(body) ? resultOf(meaning.read, body) : undefined;
      return { outcome: { kind: 'succeeded', ...(result && { result }) } };
    }
    case 'not-found':
      // A send is answered so by a gateway that lost it; only who was asked knows.
      return source === 'query' ? { outcome: { kind: 'not-found' } } : undeclared('not found by whom', word);
    case 'rejected':
      return { outcome: meaning };
    default:
      return { outcome: later(meaning.kind, seconds) };
  }
}

type Meaning =
  | { readonly kind: 'succeeded'; readonly read?: ReadResult }
  | { readonly kind: 'rejected'; readonly reason: string }
  | { readonly kind: 'pending' | 'unavailable' | 'not-found' };

function resultOf(read: ReadResult | undefined, body: JsonObject) {
  try {
    return usableResult(read?.(body));
  } catch {
    return undefined;
  }
}

/** Every word that a table lists, with its meaning, in the order of the table. */
function listed({ succeeded, pending, notFound, unavailable, rejects }: Answers): [string, Meaning][] {
  const all = (kind: 'pending' | 'unavailable' | 'not-found', words: readonly string[] = []) =>
    words.map((word): [string, Meaning] => [word, { kind }]);
  return [
    ...(Array.isArray(succeeded)
      ? succeeded.map((word): [string, Meaning] => [word, { kind: 'succeeded' }])
      : Object.entries(succeeded as Readonly<Record<string, ReadResult>>).map(
          ([word, read]): [string, Meaning] => [word, { kind: 'succeeded', read }],
        )),
    ...all('pending', pending),
    ...all('not-found', notFound),
    ...all('unavailable', unavailable),
    ...Object.entries(rejects ?? {}).map(([word, reason]): [string, Meaning] => [
      word,
      { kind: 'rejected', reason },
    ]),
  ];
}

const meaningsOf = (answers: Answers): ReadonlyMap<string, Meaning> => new Map(listed(answers));

/** Every word that a table lists. */
export const wordsOf = (answers: Answers): readonly string[] => listed(answers).map(([word]) => word);

const isOne = (answers: PartnerAnswers): answers is Answers => Array.isArray(answers.at);

const byCommand = (answers: PartnerAnswers) => answers as Readonly<Record<string, Answers>>;

/** Every table of a partner. */
export const tablesOf = (answers: PartnerAnswers): readonly Answers[] =>
  isOne(answers) ? [answers] : Object.values(byCommand(answers));

/** The table for a command; undefined where the partner has tables, and none for it. */
export function answersFor(answers: PartnerAnswers, command: string): Answers | undefined {
  if (isOne(answers)) return answers;
  const tables = byCommand(answers);
  return Object.hasOwn(tables, command) ? tables[command] : undefined;
}

/** How a partner says that it did nothing: by a status alone, which is the usual way, or by a word; undefined where by none. */
export function sayingUnavailable({ http = {}, unavailable = [] }: Answers): string | number | undefined {
  const [status] = Object.entries(http).find(([, meaning]) => meaning === 'unavailable') ?? [];
  return status === undefined ? unavailable[0] : Number(status);
}

/** What is wrong with a table, and the remedy; undefined where nothing is. */
export function faultOfAnswers(answers: Answers): string | undefined {
  const { at, http = {}, rejects = {} } = answers;
  if (at.length === 0 || new Set(at).size !== at.length || at.includes(''))
    return `answers.at is [${at}]; name each member once, such as ['status', 'code']`;
  const words = listed(answers).map(([word]) => word);
  if (!listed(answers).some(([, { kind }]) => kind === 'succeeded'))
    return 'answers.succeeded lists no word, so nothing would ever be done; list the words that say done';
  const twice = words.find((word, i) => words.indexOf(word) !== i);
  if (twice !== undefined)
    return `answers lists '${twice}' twice; a word has one meaning, so leave it in one place`;
  const unsayable = words.find(
    (word) => word === '' || (at.length > 1 && word.split('/').length > at.length),
  );
  if (unsayable !== undefined)
    return `answers lists '${unsayable}', which no answer can say; a word has a part for each of the ${at.length} members of at, joined by /`;
  const [wordless] = Object.entries(rejects).find(([, reason]) => reason.trim() === '') ?? [];
  if (wordless !== undefined)
    return `answers.rejects gives no reason for '${wordless}'; say it in our own words, for clients`;
  for (const [status, meaning] of Object.entries(http)) {
    if (!/^[245]\d\d$/.test(status))
      return `answers.http names ${status}, which cannot mean anything; name a status of 2xx, 4xx or 5xx`;
    if (!['pending', 'unavailable', 'words'].includes(meaning))
      return `answers.http says '${meaning}' of ${status}; a status alone can be 'pending', 'unavailable' or 'words'`;
  }
  return undefined;
}
