import { changed, frozenCopy, snapshot } from '../../core/decisions/apply-decision.ts';
import { isRejection, stateAfter } from '../../core/definitions/define-action.ts';
import { DefinitionFault } from '../../core/problems/definition-fault.ts';
import { Problem, type Related } from '../../core/problems/problem.ts';
import { mayRead } from '../../core/requests/view.ts';
import { partitionKey } from '../../core/store/keys.ts';
import type { Item, PlannedWrite, Values } from '../../core/store/store.ts';
import { isResourceId } from '../../core/values/resource-id.ts';
import { isPlain } from '../../core/values/storable.ts';
import { stateIn } from '../../core/versions/version-shapes.ts';
import type { Extended, Made, Reading } from '../../core/writes/extension.ts';
import { relatedProblems } from './problems.ts';
import type { Side } from './side.ts';

/** One resource that was chosen. */
interface Chosen {
  readonly name: string;
  readonly side: Side;
  readonly id: string;
  readonly pk: string;
}

/** Reads the sides of a decision. What stands in its way is told once it is known to have stood so at one moment. */
export async function extend(sides: Readonly<Record<string, Side>>, reading: Reading): Promise<Extended> {
  const { asked, store } = reading;
  const chosen = Object.entries(sides).map(([name, side]) => ({
    name,
    side,
    ids: idsOf(name, side, reading),
  }));
  const tooMany = chosen.find(({ side, ids }) => ids.length > side.max);
  if (tooMany !== undefined) return refused(tooManyRelated(tooMany.name, tooMany.side, tooMany.ids.length));
  const all = chosen.flatMap(({ name, side, ids }) =>
    ids.map((id): Chosen => ({ name, side, id, pk: keyOf(side, asked.actor.tenant, id) })),
  );
  const there = all.filter(({ pk }) => pk !== NOWHERE);
  const twice = there.find(({ pk }, i) => pk === asked.pk || there.findIndex((each) => each.pk === pk) < i);
  if (twice !== undefined) return refused(twiceChosen(twice));
  const items = new Map(
    await Promise.all(there.map(async ({ side, pk }) => [pk, await store.load(side.resource, pk)] as const)),
  );
  const wrong = all
    .map((each) => refusalOf(each, items.get(each.pk), reading))
    .find((each) => each !== undefined);
  const shown = ({ pk }: Chosen) => {
    const item = items.get(pk);
    return isThere(item) ? [snapshot(item.stored)] : [];
  };
  return {
    items,
    ...(wrong && { refusal: wrong }),
    given: Object.fromEntries(
      Object.entries(sides).map(([name, { single }]) => {
        const given = all.filter((each) => each.name === name).flatMap(shown);
        return [name, single ? given[0] : given];
      }),
    ),
    own: (result) => ownOf(asked.action.name, sides, result),
    writes(result, made) {
      checkKeys(asked.action.name, sides, all, result);
      return there.map((each) => writeOf(asked.action, each, items.get(each.pk), { result, made }));
    },
  };
}

/** Where nothing is: what is no id of the resource reads nothing. */
const NOWHERE = '';

const keyOf = ({ resource }: Side, tenant: string, id: string): string =>
  isResourceId(resource.idPrefix, id) ? partitionKey(resource, tenant, id) : NOWHERE;

/** What a later release has erased is there no more. */
const isThere = (item: Item | undefined): item is Item => item !== undefined && !item.isErased;

const nothing = { items: new Map(), given: {}, own: () => ({}), writes: () => [] };

const refused = (refusal: Problem): Extended => ({ ...nothing, refusal });

/** Distinct ids, in their order. @throws DefinitionFault for what is none */
function idsOf(name: string, side: Side, { asked, read, input }: Reading): readonly string[] {
  const current = read && snapshot(read.stored);
  const ids: unknown = side.ids(frozenCopy({ current, input, actor: asked.actor }) as never);
  const fail = (fault: string) => {
    throw new DefinitionFault(`side '${name}' of '${asked.action.name}' chose ${fault}`);
  };
  if (!(Array.isArray(ids) && ids.every((id) => typeof id === 'string')))
    return fail('what is no id; return strings');
  if (side.single && !side.optional && ids.length === 0)
    return fail('none; say optional: true, or return an id');
  return [...new Set(ids)];
}

function refusalOf(chosen: Chosen, item: Item | undefined, reading: Reading): Problem | undefined {
  const { side } = chosen;
  const related = [relatedTo(chosen, item, reading)];
  const { singular } = side.resource;
  if (!isThere(item))
    return side.optional
      ? undefined
      : new Problem(
          'related-not-found',
          { resource: singular, related },
          relatedProblems['related-not-found'],
        );
  const { state } = item.stored;
  if (side.from === undefined || side.from.includes(state)) return undefined;
  const named = side.from.map((each) => stateIn(reading.view.version, side.resource.name, each));
  const detail = `the ${singular} has to be ${named.join(' or ')}`;
  return new Problem(
    'related-state',
    { resource: singular, related, detail },
    relatedProblems['related-state'],
  );
}

/**
 * A related resource, with its id where whoever asks has named it, or sees it on what the request is about, and as it stands where
 * the token may read it.
 */
function relatedTo(
  { name, side, id }: Chosen,
  item: Item | undefined,
  { asked, view, read, input }: Reading,
): Related {
  const { resource } = side;
  const known = JSON.stringify([input, read?.stored.data, asked.id]);
  const shown = isThere(item) && mayRead(view, resource) ? item.stored : undefined;
  return {
    name,
    type: resource.name,
    ...(known.includes(id) && { id }),
    ...(shown && {
      state: stateIn(view.version, resource.name, shown.state),
      version: shown.version,
    }),
  };
}

const tooManyRelated = (name: string, { resource, max }: Side, count: number) =>
  new Problem(
    'too-many-related',
    { detail: `${name} are ${count} ${resource.name}; at most ${max} at once` },
    relatedProblems['too-many-related'],
  );

const twiceChosen = ({ name, side }: Chosen) =>
  new Problem('invalid-input', {
    detail: `${name} names a ${side.resource.singular} that takes part in this already; name another one`,
  });

/** What an action decided of its own resource. */
function ownOf(action: string, sides: Readonly<Record<string, Side>>, result: Values): Values {
  const { changes, ...others } = result;
  const stranger = Object.keys(others).find(
    (name) => !Object.hasOwn(sides, name) || sides[name]?.writes !== true,
  );
  if (stranger !== undefined)
    throw new DefinitionFault(
      `decide of '${action}' gave '${stranger}', which is no side that it writes; give changes, and a member for each such side`,
    );
  return record(`decide of '${action}' gave changes`, changes);
}

function record(who: string, value: unknown): Values {
  if (typeof value === 'object' && value !== null && isPlain(value)) {
    if (!isRejection(value)) return { ...value };
    throw new DefinitionFault(`${who} that are a refusal; return what reject gives, and nothing else`);
  }
  throw new DefinitionFault(`${who} that are no object of members; return { changes: {} } for none`);
}

/** Whatever is decided is about one that was chosen: nothing is dropped. */
function checkKeys(
  action: string,
  sides: Readonly<Record<string, Side>>,
  all: readonly Chosen[],
  result: Values,
) {
  for (const [name, side] of Object.entries(sides)) {
    if (side.single || !Object.hasOwn(result, name) || result[name] === undefined) continue;
    const who = `decide of '${action}' gave changes of '${name}'`;
    const ids = all.filter((each) => each.name === name).map(({ id }) => id);
    const stranger = Object.keys(record(who, result[name])).find((id) => !ids.includes(id));
    if (stranger !== undefined)
      throw new DefinitionFault(
        `${who} under '${stranger}', which is none of its ids; give each under its id, as each() does`,
      );
  }
}

/** What becomes of one side: a change, or a check that it still is as it was read. */
function writeOf(
  action: Reading['asked']['action'],
  { name, side, id, pk }: Chosen,
  read: Item | undefined,
  { result, made }: { readonly result: Values; readonly made: Made },
): PlannedWrite {
  const label = `side:${name}:${id}`;
  const who = `decide of '${action.name}', of '${name}',`;
  const of = Object.hasOwn(result, name) ? result[name] : undefined;
  const given = of === undefined || side.single ? of : record(who, of)[id];
  if (read === undefined || given === undefined) return { label, check: { pk, read } };
  const entry = record(who, given);
  const stranger = Object.keys(entry).find((member) => !side.sets.includes(member));
  if (stranger !== undefined)
    throw new DefinitionFault(`${who} set '${stranger}'; add it to sets, or leave it alone`);
  const { stored } = read;
  const { event, now, newCommit } = made;
  const decided = changed(who, side.resource, entry, {
    id,
    now,
    commit: newCommit(),
    current: stored,
    to: () => stateAfter(side, stored.state),
  });
  const { state: to, version } = decided.next;
  return {
    label,
    change: {
      resource: side.resource,
      pk,
      read,
      decided,
      event: {
        action: `${action.resource.name}.${action.name}`,
        actor: event.actor,
        key: event.key,
        from: stored.state,
        to,
        version,
        cause: { type: action.resource.name, id: made.id, version: event.version },
      },
    },
  };
}
