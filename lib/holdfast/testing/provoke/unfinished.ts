import { setTimeout as delay } from 'node:timers/promises';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { listsOf, type MemberList } from '../../core/definitions/resource-extension.ts';
import { collectionPath } from '../../core/definitions/routes.ts';
import type { Scene } from '../scene/scene.ts';
import type { Asked } from './asked.ts';
import type { LocalControl } from './local-control.ts';

/** A function that has served a list knows for a minute that it is complete; then it looks. */
const KNOWN_MS = 65_000;

/** Between two requests. */
const LOOK_MS = 500;

/** A page of a list, by what its members have. */
function pageOf(resource: Resource, { by }: MemberList, shown: ReadonlyMap<string, unknown>): Asked {
  const query = new URLSearchParams();
  for (const member of by) query.set(member, String(shown.get(member) ?? member));
  return { method: 'GET', path: `${collectionPath(resource)}?${query}`, sent: {} };
}

/** Why a resource has nothing that is refused so; undefined where it has. */
export const lacksList = ({ resource }: Action): string | undefined =>
  Object.keys(listsOf(resource)).length === 0 ? `${resource.name} have no list by members` : undefined;

/**
 * Requests for a list of which it is forgotten that a backfill has completed it, until one is refused. Then that is known
 * again: whoever works with the service misses its lists for so long only.
 */
export async function* askedUnfinished(
  {
    scene,
    control,
    tenant,
  }: { readonly scene: Scene; readonly control: LocalControl; readonly tenant: string },
  { resource }: Action,
): AsyncGenerator<Asked> {
  const [state = ''] = scene.waysOf(resource).nearest;
  const { json } = (await scene.bring(resource, state, { tenant })).answer;
  const shown = new Map(Object.entries(json));
  const list = Object.values(listsOf(resource)).find(({ by }) => by.every((member) => shown.has(member)));
  if (list === undefined) return;
  const asked = { ...pageOf(resource, list, shown), sent: { from: { tenant } } };
  const remember = await control.forgetCompleted(resource);
  try {
    for (const until = Date.now() + KNOWN_MS; Date.now() < until; await delay(LOOK_MS)) yield asked;
  } finally {
    await remember();
  }
}

/** The request as it would look. */
export function paperUnfinished({ resource }: Action): Asked {
  const [list] = Object.values(listsOf(resource));
  return list === undefined
    ? { method: 'GET', path: collectionPath(resource), sent: {} }
    : pageOf(resource, list, new Map());
}

/** What to do where no list was refused. */
export const toldOfUnfinished = ({ resource }: Action): string =>
  `no ${resource.singular} that test/examples.ts makes has all members of a list, as ${inWords(resource)}; give one in an example`;

const inWords = (resource: Resource): string =>
  Object.values(listsOf(resource))
    .map(({ by }) => by.join(' and '))
    .join('; ');
