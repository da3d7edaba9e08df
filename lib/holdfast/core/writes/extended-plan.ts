import type { Decided } from '../decisions/apply-decision.ts';
import type { View } from '../requests/view.ts';
import type { Plan, PlannedWrite, Values } from '../store/store.ts';
import { asKept, kept, type Version } from './keeping.ts';
import { checkSize } from './plan-size.ts';
import { planWrite } from './plan-write.ts';

/**
 * The plan of a write in which capabilities of the resource, or of those that it decides on besides, take part.
 * @throws Problem `too-large`, and that of a write which another one of the same decision stands in the way of
 */
export const planExtended: typeof planWrite = (asked, decision, newCommit) =>
  withAll(planWrite(asked, decision, newCommit), decision.view, []);

function withAll(plan: Plan, view: View, without: readonly string[]): Plan {
  const own = withKept({ ...plan, view, without });
  const beside = plan.beside.map((each) => {
    if (!('change' in each)) return { planned: each, writes: [] };
    const { writes, ...change } = withKept({ ...each.change, view, without, isSide: true });
    return { planned: { ...each, change: { ...each.change, ...change } }, writes };
  });
  const keeping = [...own.writes, ...beside.flatMap(({ writes }) => writes)];
  const spared = sparedOf(keeping);
  if (spared.length > 0) return withAll(plan, view, [...without, ...spared]);
  const all: Plan = {
    ...plan,
    decided: own.decided,
    attributes: own.attributes,
    beside: [...beside.map(({ planned }) => planned), ...settled(keeping)],
    without: (labels) => withAll(plan, view, [...without, ...labels]),
  };
  checkSize(all);
  return all;
}

/** A decision on one resource as it is stored, and what capabilities keep with it. */
function withKept({
  decided,
  attributes,
  ...version
}: Omit<Version, 'next'> & { readonly decided: Decided; readonly attributes?: Values }) {
  const { resource, read } = version;
  if (resource.extensions === undefined) return { decided, attributes: attributes ?? {}, writes: [] };
  const keeping = kept({ ...version, next: decided.next });
  // What has to be none is removed; of an item that is made, it is not put.
  const own = Object.entries(keeping.attributes).filter(([, value]) => read !== undefined || value !== null);
  return {
    decided: asKept(resource, read, decided),
    attributes: { ...attributes, ...Object.fromEntries(own), derived: keeping.derived },
    writes: keeping.writes,
  };
}

/**
 * Two resources of one decision cannot have one item both: of two of which one spares it, that one goes without.
 * @returns labels
 * @throws Problem of the second, where both need it
 */
function sparedOf(writes: readonly PlannedWrite[]): readonly string[] {
  const puts = Map.groupBy(writes, (each) => ('put' in each ? each.put.pk : ''));
  puts.delete('');
  return [...puts.values()].flatMap((all) => {
    const [needed, other] = all.filter(({ spare }) => spare === undefined);
    if (other?.refusal !== undefined) throw other.refusal();
    return all.slice(1).length === 0
      ? []
      : all.filter((each) => each !== (needed ?? all[0])).map(({ label }) => label);
  });
}

/** A transaction has each item once: what one resource lets go and another takes changes its owner. */
function settled(writes: readonly PlannedWrite[]): readonly PlannedWrite[] {
  const owners = new Map(
    writes.flatMap((each) => ('remove' in each ? [[each.remove.pk, each.remove.of] as const] : [])),
  );
  const taken = new Set(writes.flatMap((each) => ('put' in each ? [each.put.pk] : [])));
  return writes.flatMap((each) => {
    if ('remove' in each && taken.has(each.remove.pk)) return [];
    const of = 'put' in each ? owners.get(each.put.pk) : undefined;
    return [of === undefined ? each : { ...each, of }];
  });
}
