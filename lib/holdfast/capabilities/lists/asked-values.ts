import { listKey } from '../../core/store/keys.ts';
import { stateIn } from '../../core/versions/version-shapes.ts';
import type { Chosen } from './chosen-list.ts';
import { inner, type Schema } from './member-list.ts';
import { listKeyOf, orderOf } from './places.ts';

/** What is wrong with a parameter. */
export type Fault = readonly [parameter: string, detail: string];

/** Where the items of a list stand that are asked for. */
export interface AskedValues {
  /** Undefined where a tenant's name leaves no room for it. */
  readonly key: string | undefined;
  readonly between: readonly [low: string, high: string];
  readonly faults: readonly Fault[];
}

/** Behind every order, and behind every id. */
const LAST = '~';

/** Reads the values that a list is asked by, and the bounds of its order. */
export function askedValues(chosen: Chosen): AskedValues {
  const { list, resource, tenant, version, query, nameOf } = chosen;
  const states = new Map(resource.states.map((state) => [stateIn(version, resource.name, state), state]));
  const values = list.by.map((member) => {
    const text = query[nameOf(member)]?.[0] ?? '';
    return member === 'state' ? states.get(text) : meantBy(chosen.schemas.get(member), text);
  });
  const from = boundOf(chosen, query.from?.[0]);
  const to = boundOf(chosen, query.to?.[0]);
  return {
    key: listKeyOf(listKey(resource, tenant), list.name, values),
    between: [`${from ?? ''}#`, `${to ?? LAST}#${LAST}`],
    faults: [
      ...list.by.flatMap((member, i) =>
        values[i] === undefined ? [valueFault(nameOf(member), [...states.keys()])] : [],
      ),
      ...(from === undefined && query.from ? [boundFault('from', chosen)] : []),
      ...(to === undefined && query.to ? [boundFault('to', chosen)] : []),
      ...(from !== undefined && to !== undefined && from > to
        ? [['from', 'is after to; swap them'] as const]
        : []),
    ],
  };
}

/** What a text of a query is as a value of a member; undefined for what the member cannot have. */
function meantBy(schema: Schema | undefined, text: string): unknown {
  const number = /^-?\d+(\.\d+)?$/.test(text) ? [Number(text)] : [];
  const boolean = text === 'true' || text === 'false' ? [text === 'true'] : [];
  const kind = kindOf(schema);
  // A schema that makes one of whatever it is given, as z.coerce.boolean() does, would make true of 'false'.
  const meant = kind === 'number' ? number : kind === 'boolean' ? boolean : [text, ...number, ...boolean];
  return meant.map((value) => accepted(schema, value)).find((value) => value !== undefined);
}

const kindOf = (schema: Schema | undefined) => schema && inner(schema)._zod.def.type;

/** A value in the spelling that the member keeps it in. */
function accepted(schema: Schema | undefined, value: unknown): unknown {
  const result = schema?.['~standard'].validate(value);
  return result === undefined || result instanceof Promise || result.issues !== undefined
    ? undefined
    : (result.value ?? undefined);
}

/** RFC 3339: a day alone would leave open whether it is in. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** A bound of the order, as it stands in keys: it need be no value that the member can have, as 0 of a positive integer is none. */
function boundOf({ list: { order }, schemas }: Chosen, text = ''): string | undefined {
  const inUtc = orderOf(TIME.exec(text)?.[0]);
  if (order === 'createdAt') return inUtc;
  const schema = schemas.get(order);
  if (kindOf(schema) === 'number') return /^-?\d+$/.test(text) ? orderOf(Number(text)) : undefined;
  // The kit's timestamp is in UTC and to the millisecond, and a bound may be any time: its spelling is that of createdAt.
  const spelt = [text, inUtc, inUtc?.replace(/\.000Z$/, 'Z')].filter((each) => each !== undefined);
  return orderOf(spelt.map((each) => meantBy(schema, each)).find((each) => each !== undefined));
}

const valueFault = (name: string, states: readonly string[]): Fault => [
  name,
  name === 'state' ? `is none of ${states.join(', ')}` : 'is no value that this member can have',
];

const boundFault = (name: string, { list: { order }, nameOf }: Chosen): Fault => [
  name,
  order === 'createdAt'
    ? 'is no time; write it like 2026-11-25T08:00:00Z'
    : `is no value that ${nameOf(order)} can have`,
];
