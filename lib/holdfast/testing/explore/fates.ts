import type { Call, Told } from './hosted-function.ts';
import { conflict, dynamodb, refused, touchedBy, withoutToken } from './store/table.ts';
import type { Reply, World } from './store/world.ts';

/** What becomes of a call; each but the first is a fault. */
export const FATES = [
  'done',
  'lost',
  'throttled',
  'refused',
  'conflict',
  'overlap',
  'dies before',
  'dies after',
] as const;
export type Fate = (typeof FATES)[number];

/** Everything that a function reaches: what a call does, and whether it does anything. */
export interface Surroundings {
  serve(world: World, call: Call): Reply;
  /** Items that a call touches, and whether it writes them. */
  touches(call: Call): readonly { readonly name: string; readonly writes: boolean }[];
  /** How a call may be refused that is not made again by itself, and has done nothing. @default by nobody */
  refusal?(call: Call): Told | undefined;
  /** Is answered at once: when it is answered makes no difference to anybody. */
  isFree(call: Call): boolean;
}

const DYNAMODB = 'DynamoDB_20120810.';

const operationOf = ({ what }: Call): string => what.slice(DYNAMODB.length);

/** DynamoDB alone; a query of an index is answered at once, since an index may be behind anyhow. */
export const tables: Surroundings = {
  serve(world, call) {
    if (!call.what.startsWith(DYNAMODB)) throw new Error(`there is nobody here to answer ${call.what}`);
    return dynamodb(world, operationOf(call), call.body);
  },
  touches: (call) => (call.what.startsWith(DYNAMODB) ? touchedBy(operationOf(call), call.body) : []),
  isFree: ({ what }) => what === `${DYNAMODB}Query`,
};

/**
 * What can become of a call, beside those that others have under way. A read that is lost, or refused, is made again: that is
 * one fate. A conflict takes a transaction, and another who writes the same item; an overlap takes two transactions.
 */
export function fatesOf(call: Call, others: readonly Call[], surroundings: Surroundings): readonly Fate[] {
  const touched = surroundings.touches(call);
  const isRead = touched.every(({ writes }) => !writes);
  if (isRead && call.what.startsWith(DYNAMODB)) {
    const isHeld = isTransaction(call) && others.some((other) => meets(call, other, surroundings));
    return ['done', 'throttled', ...(isHeld ? (['conflict'] as const) : []), 'dies before'];
  }
  if (!call.what.startsWith(DYNAMODB)) {
    const refused: readonly Fate[] = surroundings.refusal?.(call) === undefined ? [] : ['refused'];
    return ['done', 'lost', ...refused, 'dies before', 'dies after'];
  }
  const rivals = others.filter((other) => meets(call, other, surroundings));
  const may: Partial<Record<Fate, boolean>> = {
    conflict: rivals.some((other) => isTransaction(call) || isTransaction(other)),
    overlap: isTransaction(call) && rivals.some(isTransaction),
    refused: false,
  };
  return FATES.filter((fate) => may[fate] ?? true);
}

const isTransaction = ({ what }: Call) => what.startsWith(`${DYNAMODB}Transact`);

/** Whether two calls write the same item. */
const meets = (call: Call, other: Call, surroundings: Surroundings): boolean =>
  surroundings
    .touches(other)
    .some((each) => each.writes && surroundings.touches(call).some(({ name }) => name === each.name));

/** Another transaction holds the first item, and has been done to the others, where it shows already. */
function overlap(world: World, call: Call, others: readonly Call[], surroundings: Surroundings): Reply {
  const other = others.find((each) => isTransaction(each) && meets(call, each, surroundings));
  const shown = other === undefined ? world : surroundings.serve(world, other).world;
  return conflict(world, operationOf(call), call.body, shown);
}

/** What a call that meets its fate makes of the world, and what its function is told. */
export function meet(
  world: World,
  call: Call,
  fate: Fate,
  { others, surroundings }: { readonly others: readonly Call[]; readonly surroundings: Surroundings },
): { readonly world: World; readonly told: Told | 'dies' } {
  if (fate === 'dies before') return { world, told: 'dies' };
  if (fate === 'throttled') return { world, told: toldBy(refused(world, 'ThrottlingException')) };
  if (fate === 'refused') return { world, told: surroundings.refusal?.(call) ?? 'broken' };
  if (fate === 'conflict') return { world, told: toldBy(conflict(world, operationOf(call), call.body)) };
  if (fate === 'overlap') return { world, told: toldBy(overlap(world, call, others, surroundings)) };
  const reply = surroundings.serve(world, call);
  if (fate === 'lost') return { world: reply.world, told: 'broken' };
  const left = withoutToken(reply.world, operationOf(call), call.body);
  return { world: left, told: fate === 'dies after' ? 'dies' : toldBy(reply) };
}

const toldBy = ({ status, body }: Reply): Told => ({ status, body });

/**
 * Whether a call reads items, and writes none. Reads that are made at once are met in the order in which they were made, with
 * others before, between and after them: an input that names the same resources in another order has them met in that.
 */
export function isRead(call: Call, surroundings: Surroundings): boolean {
  const touched = surroundings.touches(call);
  return touched.length > 0 && touched.every(({ writes }) => !writes);
}
