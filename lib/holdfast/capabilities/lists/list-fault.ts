import * as z from 'zod';
import { BESIDES } from './chosen-list.ts';
import { type Declared, inner, type NamedList, type Schema } from './member-list.ts';

/** Indexes that a table has for lists at most. An item is in each once. */
const MAX_LISTS = 5;

/** Kinds of schema whose values a query can name. */
const NAMEABLE = ['string', 'enum', 'literal', 'number', 'boolean'];

/** Formats of schemas whose values are dates or times. */
const DATES = ['date', 'datetime', 'date-time'];

/** What is wrong with lists, and its remedy. */
export function listFault(
  declared: Readonly<Record<string, Declared<string>>>,
  lists: readonly NamedList[],
  schemas: ReadonlyMap<string, Schema>,
): string | undefined {
  const count = Object.keys(declared).length;
  if (count === 0) return 'there is none; declare one, or leave lists out';
  if (count > MAX_LISTS)
    return `they are ${count}, and a table has ${MAX_LISTS} indexes for them; leave some out`;
  const sets = lists.map(({ by }) => by.join());
  const faults = lists.map((list, i) => {
    const twin = lists[sets.indexOf(sets[i] ?? '')];
    return oneFault(list, schemas) ?? (twin !== list ? twins(list, twin) : undefined);
  });
  return faults.find((fault) => fault !== undefined);
}

const twins = ({ name, by }: NamedList, twin: NamedList | undefined) =>
  `'${name}' is by ${by.join(' and ')}, as '${twin?.name}' is, and a request names no list; leave one of them out`;

function oneFault({ name, by, order, first }: NamedList, schemas: ReadonlyMap<string, Schema>) {
  if (!/^[a-z][a-zA-Z0-9]{0,31}$/.test(name))
    return `'${name}' is not up to 32 letters and digits in camel case; rename it`;
  if (by.length === 0) return `'${name}' is by nothing, and every resource has that list; name a member`;
  if (by.join() === 'state')
    return `'${name}' is by state alone, and every resource has that list; remove it`;
  if (new Set(by).size !== by.length) return `'${name}' names a member twice; remove one`;
  const members = by.filter((member) => member !== 'state');
  const fault = members.map((member) => filterFault(member, schemas.get(member))).find(Boolean);
  if (fault !== undefined) return `'${name}' is by '${member(fault)}', which ${fault.detail}`;
  if (!['highest', 'lowest'].includes(first))
    return `'${name}' has first '${first}'; choose 'highest' or 'lowest'`;
  const wrong = order === 'createdAt' ? undefined : orderFault(schemas.get(order));
  return wrong && `'${name}' is in the order of '${order}', which ${wrong}`;
}

const member = ({ member: name }: { readonly member: string }) => name;

function filterFault(name: string, schema: Schema | undefined) {
  const detail = BESIDES.includes(name)
    ? `is a parameter of every list (${BESIDES.join(', ')}); rename the member`
    : schema === undefined
      ? 'is no member that is shown; choose another one'
      : NAMEABLE.includes(inner(schema)._zod.def.type)
        ? undefined
        : `holds ${inner(schema)._zod.def.type}, and a query names texts, numbers and booleans; choose another member`;
  return detail === undefined ? undefined : { member: name, detail };
}

function orderFault(schema: Schema | undefined): string | undefined {
  if (schema === undefined) return 'is no member that is shown; choose another one, or createdAt';
  const within = inner(schema);
  const { def, bag } = within._zod;
  const format = String(bag.format ?? def.format ?? z.globalRegistry.get(within)?.format ?? '');
  if (def.type === 'number' && /int/.test(format)) return undefined;
  if (def.type !== 'string' || !DATES.includes(format))
    return 'is neither a date, a time nor an integer (z.iso.date(), timestamp, z.int()); choose another member';
  return isLocal(def) ? 'is a time without its zone; leave local out of it' : undefined;
}

const isLocal = (def: object) => 'local' in def && def.local === true;
