import type { Decided } from '../decisions/apply-decision.ts';
import type { PlannedWrite, Values } from '../store/store.ts';
import { asKept, kept, type Version } from './keeping.ts';
import { planWrite } from './plan-write.ts';

/** The plan of a write in which capabilities of the resource, or of those that it decides on besides, take part. */
export const planExtended: typeof planWrite = (asked, decision, newCommit) => {
  const plan = planWrite(asked, decision, newCommit);
  const { view } = decision;
  const own = withKept({ ...plan, view });
  const beside = plan.beside.map((each) => {
    if (!('change' in each)) return { planned: each, writes: [] };
    const { writes, ...change } = withKept({ ...each.change, view });
    return { planned: { ...each, change: { ...each.change, ...change } }, writes };
  });
  return {
    ...plan,
    decided: own.decided,
    attributes: own.attributes,
    beside: settled([
      ...beside.map(({ planned }) => planned),
      ...own.writes,
      ...beside.flatMap(({ writes }) => writes),
    ]),
  };
};

/** A decision on one resource as it is stored, and what capabilities keep with it. */
function withKept({
  resource,
  pk,
  read,
  decided,
  attributes,
  view,
}: Omit<Version, 'next'> & { readonly decided: Decided; readonly attributes?: Values }) {
  const { extensions } = resource;
  if (extensions === undefined) return { decided, attributes: attributes ?? {}, writes: [] };
  const keeping = kept({ resource, pk, read, next: decided.next, ...(view && { view }) });
  // What has to be none is removed; of an item that is made, it is not put.
  const own = Object.entries(keeping.attributes).filter(([, value]) => read !== undefined || value !== null);
  return {
    decided: asKept(resource, read, decided),
    attributes: { ...attributes, ...Object.fromEntries(own), derived: keeping.derived },
    writes: keeping.writes,
  };
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
