import * as z from 'zod';
import { isMemberName } from '../../core/values/storable.ts';
import { closedStrings } from '../../core/values/text.ts';
import { type Node, parts } from './schema-parts.ts';

/**
 * Formats of strings that leave no room for a hidden character: each is a grammar of a few ASCII characters. That of a JWT
 * is none: zod reads its header alone.
 */
const CLOSED_FORMATS: readonly string[] = [
  'base64',
  'base64url',
  'cidrv4',
  'cidrv6',
  'cuid',
  'cuid2',
  'date',
  'datetime',
  'duration',
  'e164',
  'email',
  'guid',
  'hex',
  'ipv4',
  'ipv6',
  'ksuid',
  'mac',
  'nanoid',
  'time',
  'ulid',
  'uuid',
  'xid',
];

/** What JSON has, and hides nothing. */
const PLAIN = ['boolean', 'enum', 'int', 'literal', 'never', 'null', 'number'];

/** What leads to other schemas. */
const COMPOSED = [
  'array',
  'catch',
  'default',
  'intersection',
  'lazy',
  'nonoptional',
  'nullable',
  'object',
  'optional',
  'pipe',
  'prefault',
  'readonly',
  'record',
  'tuple',
  'union',
];

/** What makes another value of what it is given. */
const CONVERTING = ['catch', 'default', 'prefault', 'transform', 'pipe'];

/** A part of a schema that a definition may not have: where, and what about it. */
export type SchemaFault = readonly [path: string, fault: string];

const BARE = 'is a bare string; write text({ max }) from holdfast, with .regex() behind it for a pattern';
const REWRITTEN =
  'is a text, and two spellings of one text would lose a value; write recordName({ max }) from holdfast';
const ANYTHING = 'takes any value; say what it may be';
const STORED =
  'is converted by its schema, and members are stored as decide gives them; write the schema of what is stored';

/**
 * The first string in an action's input that may hold what nobody sees, and the first value that is none of JSON's.
 * @param path what the schema is called in the message
 */
export const inputFault = (schema: z.ZodType, path: string): SchemaFault | undefined =>
  new Walk(false).faultOf(schema as Node, path);

/** The same in a resource's members, which besides convert nothing. */
export const membersFault = (schema: z.ZodObject, path: string): SchemaFault | undefined =>
  new Walk(true).faultOf(schema as unknown as Node, path) ?? neverNull(schema, path);

/** In what `decide` returns, `null` removes a member: one that has to be there, and may be null, could never be either. */
function neverNull({ shape }: z.ZodObject, path: string): SchemaFault | undefined {
  const [name] =
    Object.entries(shape).find(([, node]) => accepts(node, null) && !accepts(node, undefined)) ?? [];
  return name === undefined
    ? undefined
    : [
        `${path}.${name}`,
        'may be null and may not be left out, and null removes a member; write .optional()',
      ];
}

/** A rule that throws has no say here. */
function accepts(schema: z.core.$ZodType, value: unknown): boolean {
  try {
    return z.safeParse(schema, value).success;
  } catch {
    return false;
  }
}

class Walk {
  readonly #seen = new Set<Node>();
  readonly #isStored: boolean;

  constructor(isStored: boolean) {
    this.#isStored = isStored;
  }

  faultOf(schema: Node, path: string): SchemaFault | undefined {
    // A schema may lead back to itself.
    if (this.#seen.has(schema)) return undefined;
    this.#seen.add(schema);
    const { def } = schema._zod;
    const converts = CONVERTING.includes(def.type) || def.coerce === true;
    if (this.#isStored && converts) return [path, STORED];
    if (def.values?.some((value) => !isJson(value))) return [path, wrongType('literal of another type')];
    if (closedStrings.get(schema) !== undefined || PLAIN.includes(def.type)) return undefined;
    if (def.type === 'string') return isClosed(def) ? undefined : [path, BARE];
    if (def.type === 'template_literal') return [path, BARE];
    if (!COMPOSED.includes(def.type)) return [path, wrongType(def.type)];
    const misnamed = namesFault(def, path);
    if (misnamed !== undefined) return misnamed;
    return [...parts(def, path)]
      .map(([node, at]) => this.faultOf(node, at))
      .find((fault) => fault !== undefined);
  }
}

const isJson = (value: unknown) => value === null || ['boolean', 'number', 'string'].includes(typeof value);

/** What is wrong with the names of an object's members, or with those that a record takes. */
function namesFault({ shape = {}, keyType }: Node['_zod']['def'], path: string): SchemaFault | undefined {
  const member = Object.keys(shape).find((name) => name in Object.prototype || !isMemberName(name));
  if (member !== undefined) return [path, `has a member '${member}', and ${nameFault(member)}; rename it`];
  return keyType !== undefined && closedStrings.get(keyType)?.isText
    ? [`a name of ${path}`, REWRITTEN]
    : undefined;
}

const wrongType = (type: string) =>
  ['any', 'unknown', 'custom', 'transform'].includes(type)
    ? ANYTHING
    : `is of type ${type}, which JSON does not have; write what the body holds`;

/** One that is left out of a body would be there all the same, inherited by every object. */
const nameFault = (name: string) =>
  name in Object.prototype ? 'every object has one of that name' : 'no member can have that name';

/** Whether a format is zod's own. A name can be given to any pattern or function, and an e-mail address any pattern. */
function isClosed({ format = '', pattern, fn }: Node['_zod']['def']): boolean {
  if (!CLOSED_FORMATS.includes(format)) return false;
  if (format === 'email') return EMAILS.some(({ source }) => source === pattern?.source);
  if (fn === undefined) return true;
  return format === 'hex' && pattern?.source === z.regexes.hex.source;
}

/** Patterns of e-mail addresses that take ASCII alone. */
const EMAILS: readonly RegExp[] = [z.regexes.email, z.regexes.html5Email, z.regexes.rfc5322Email];
