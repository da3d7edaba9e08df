import { isDeepStrictEqual } from 'node:util';
import type { Resource } from '../../core/definitions/define-resource.ts';
import type {
  MembersKept,
  ResourceExtension,
  StoredForm,
} from '../../core/definitions/resource-extension.ts';
import { DefinitionFault } from '../../core/problems/definition-fault.ts';
import { Problem } from '../../core/problems/problem.ts';

/** Makes of members in one shape those in the next one, or in the one before. Those that it does not know it hands on. */
type Reshape = (members: MembersKept) => MembersKept;

/** In which shapes the members of a resource are kept. What no release has said so of is kept in shape 1. */
interface Shape {
  /** The newest shape that this release reads: that of `members`, and all that `decide` sees. */
  readonly reads: number;
  /**
   * The shape that it writes. A release may write only what the one before it reads: raise `reads` first, deploy, then raise
   * `writes`. What is kept in a newer shape is never written back in an older one.
   */
  readonly writes: number;
  /** By shape: what makes the next one of it. One for each shape before `reads`. */
  readonly upgrade: Readonly<Record<number, Reshape>>;
  /** By shape: what makes the one before of it. One for each shape after `writes`. @default none, since it writes what it reads */
  readonly downgrade?: Readonly<Record<number, Reshape>>;
}

/** Member of what is kept that says in which shape it is. @default 1 */
const SHAPE = '#shape';

/** What the kit keeps among the members, which no shape is of. */
const KIT = 'operation';

/**
 * Keeps the members of a resource in shapes, so that one can be renamed, made required or given another type while releases
 * run side by side: `defineResource({ … }, shapes({ reads: 2, writes: 1, upgrade: { 1: … }, downgrade: { 2: … } }))`.
 * @throws Error that names the fault and the remedy
 */
export const shapes =
  (shape: Shape) =>
  ({ name }: Pick<Resource, 'name'>): ResourceExtension => {
    const fault = typeof HOLDFAST_CHECKED === 'undefined' ? faultOf(shape) : undefined;
    if (fault !== undefined) throw new Error(`shapes of '${name}': ${fault}`);
    return { capability: 'shapes', form: formOf(name, shape) };
  };

function formOf(resource: string, { reads, writes, upgrade, downgrade = {} }: Shape): StoredForm {
  const up = reshaping(resource, 'upgrade', upgrade);
  const down = reshaping(resource, 'downgrade', downgrade);
  return {
    reads,
    writes,
    read({ [SHAPE]: shape = 1, [KIT]: operation, ...members }) {
      if (!isUpTo(reads, shape)) throw unreadable(resource, shape, reads);
      return withKit(up(shapesBetween(shape, reads), members), operation);
    },
    store({ [KIT]: operation, ...members }, { [SHAPE]: shape = 1 } = {}) {
      const to = Math.max(Number(shape), writes);
      const ups = shapesBetween(to, reads);
      const kept = down(ups.map((each) => each + 1).reverse(), members);
      if (!isDeepStrictEqual(up(ups, kept), members)) throw lossy(resource, members, up(ups, kept), to);
      return { ...withKit(kept, operation), ...(to > 1 && { [SHAPE]: to }) };
    },
  };
}

/** What would be kept is not what was decided: what an older shape has no member for is to be handed on under its new name. */
function lossy(resource: string, members: MembersKept, read: MembersKept, to: number): DefinitionFault {
  const names = Object.keys({ ...members, ...read });
  const lost = names.filter((name) => !isDeepStrictEqual(members[name], read[name]));
  return new DefinitionFault(
    `shapes of '${resource}': kept in shape ${to} and read again, '${lost.join("', '")}' would not be what was decided; have downgrade hand on what shape ${to} has no member for, and upgrade take it up`,
  );
}

const isUpTo = (reads: number, shape: unknown): shape is number =>
  Number.isInteger(shape) && Number(shape) >= 1 && Number(shape) <= reads;

const withKit = (members: MembersKept, operation: unknown): MembersKept =>
  operation === undefined ? members : { ...members, [KIT]: operation };

/** A later release has written it: what it means is not guessed. */
const unreadable = (resource: string, shape: unknown, reads: number) =>
  new Problem('temporarily-unavailable', {
    cause: new Error(
      `one of ${resource} is kept in shape ${shape}, and this release reads up to ${reads}; deploy the release that wrote it`,
    ),
  });

/** Each shape from one on that is before another. */
const shapesBetween = (from: number, before: number): readonly number[] =>
  Array.from({ length: Math.max(before - from, 0) }, (_, i) => from + i);

const reshaping =
  (resource: string, what: 'upgrade' | 'downgrade', ways: Readonly<Record<number, Reshape>>) =>
  (steps: readonly number[], members: MembersKept): MembersKept =>
    steps.reduce((before, step) => {
      const way = ways[step];
      if (way === undefined)
        throw new DefinitionFault(`shapes of '${resource}' have no ${what} ${step}; add one`);
      return defined(way(before));
    }, members);

/** A member that is given as undefined is none, and one that is given as null, as it is to `decide`. */
const defined = (members: MembersKept): MembersKept =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null));

/** What is wrong with the shapes, and the remedy. */
function faultOf({ reads, writes, upgrade, downgrade = {} }: Shape): string | undefined {
  if (!Number.isInteger(reads) || reads < 2)
    return `reads is ${reads}; give a whole number from 2, since shape 1 is what there is without shapes`;
  if (!Number.isInteger(writes) || writes < 1 || writes > reads)
    return `writes is ${writes}; give a whole number from 1 to ${reads}, the shape that it reads`;
  const ups = shapesBetween(1, reads);
  const downs = shapesBetween(writes, reads).map((each) => each + 1);
  return (
    waysFault('upgrade', upgrade, ups, ups) ??
    waysFault(
      'downgrade',
      downgrade,
      downs,
      ups.map((each) => each + 1),
    )
  );
}

function waysFault(
  what: string,
  ways: Readonly<Record<number, Reshape>>,
  needed: readonly number[],
  possible: readonly number[],
): string | undefined {
  const missing = needed.find((each) => ways[each] === undefined);
  const strange = Object.keys(ways).find((each) => !possible.includes(Number(each)));
  if (missing !== undefined) {
    const makes = what === 'upgrade' ? missing + 1 : missing - 1;
    return `${what} has no ${missing}; add what makes shape ${makes} of shape ${missing}`;
  }
  return strange === undefined
    ? undefined
    : `${what} has ${strange}, which is none of ${possible.join(', ')}; remove it`;
}
