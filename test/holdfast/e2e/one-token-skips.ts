import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Action } from '../../../lib/holdfast/core/definitions/define-action.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import type { RegisteredResource, Registry } from '../../../lib/holdfast/service/registry.ts';
import { type Example, nameOf } from '../../../lib/holdfast/testing/examples.ts';
import { Ways } from '../../../lib/holdfast/testing/scene/ways.ts';
import type { Skip } from './skips.ts';

const SUBJECTS = 'two people of one tenant act in it, and one token is one of them';
const TENANTS = 'it needs a tenant of its own, and one token has one for good';
const SCOPES = 'it needs a token that holds less, and one token has its scopes for good';
const EXPIRY = 'it needs a token that is good for seconds, and the one is good for longer';

/** What tests of every service have in their names. */
const OF_EVERY: readonly Skip[] = [
  { names: /another tenant|tenant whose name|tenant of 2,000 characters/, because: TENANTS },
  { names: /a list of \S+ (is newest first|shows each)/, because: TENANTS },
  { names: /refuses a cursor that/, because: TENANTS },
  { names: /refuses its key for another/, because: SUBJECTS },
  { names: /the history of \S+ tells/, because: SUBJECTS },
  { names: /its own scope|authorization anew|before its scope|:read reads/, because: SCOPES },
  { names: /expires while the gateway remembers/, because: EXPIRY },
];

/** Where a service has tests of its own beside the suite's, and what of them needs more than one token. */
const OF_SERVICE = join(ROOT, 'test/holdfast/contract/one-token-skips.ts');

/** Contract tests that are left out where there is one token, as that of a user pool's client: they need others. */
export async function oneTokenSkips(
  registry: Registry,
  examples: ReadonlyMap<string, Example>,
): Promise<readonly Skip[]> {
  const own: readonly Skip[] = existsSync(OF_SERVICE) ? (await import(OF_SERVICE)).default : [];
  return [...OF_EVERY, ...ofDefinitions(registry, examples), ...own];
}

/** What the names of actions and states make a test need. */
export function ofDefinitions(
  { resources }: Registry,
  examples: ReadonlyMap<string, Example>,
): readonly Skip[] {
  const needs = resources.map((resource) => needsOf(resource, examples));
  const all = (kind: keyof Needs) => needs.flatMap((each) => each[kind]);
  return [
    ...skip(all('creates'), TENANTS, (names) => `(${names}), sent six times at once`),
    ...skip(all('followed'), TENANTS, (names) => `operation of (${names}) is followed`),
    ...skip(all('others'), SUBJECTS, (names) => `^(${names}) `),
    ...skip(all('states'), SUBJECTS, (names) => ` (in|from) '(${names})'`),
  ];
}

/** Names of actions, and of states. */
interface Needs {
  readonly creates: readonly string[];
  /** Their operations are read with a token that holds less. */
  readonly followed: readonly string[];
  /** Another person sends them, or leads to where they begin. */
  readonly others: readonly string[];
  readonly states: readonly string[];
}

function needsOf(resource: RegisteredResource, examples: ReadonlyMap<string, Example>): Needs {
  const ways = new Ways(resource, false);
  const isOthers = (action: Action) => ![undefined, 'alice'].includes(examples.get(nameOf(action))?.by);
  const states = ways.standing.filter((state) => ways.to(state)?.some(({ action }) => isOthers(action)));
  const begins = ({ from }: Action) => ways.nearest.find((state) => from?.includes(state));
  const tried = ways.actions.filter((action) => action.from === undefined || begins(action) !== undefined);
  return {
    creates: tried.filter(({ from }) => from === undefined).map(nameOf),
    followed: tried.filter(({ operation }) => operation !== undefined).map(nameOf),
    others: tried.filter((action) => isOthers(action) || states.includes(begins(action) ?? '')).map(nameOf),
    states,
  };
}

/** One for all of these names; none where there is no name. */
const skip = (
  names: readonly string[],
  because: string,
  pattern: (names: string) => string,
): readonly Skip[] =>
  names.length === 0
    ? []
    : [{ names: new RegExp(pattern(names.map((name) => name.replaceAll('.', '\\.')).join('|'))), because }];
