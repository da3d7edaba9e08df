import type * as z from 'zod';
import { closedStrings } from '../functions/core/text.ts';

/** Formats of strings that leave no room for a hidden character: each is a grammar of a few ASCII characters. */
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
  'jwt',
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

const BARE =
  'is a bare string; write text({ max }) of functions/core/text.ts, with .regex() behind it for a pattern';
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
export const membersFault = (schema: z.ZodType, path: string): SchemaFault | undefined =>
  new Walk(true).faultOf(schema as Node, path);

/** Every definition that zod has, as far as it leads to others. */
interface Node extends z.core.$ZodType {
  readonly _zod: z.core.$ZodType['_zod'] & {
    readonly def: z.core.$ZodTypeDef & {
      readonly format?: string;
      readonly coerce?: boolean;
      readonly shape?: Readonly<Record<string, Node>>;
      readonly catchall?: Node;
      readonly element?: Node;
      readonly items?: readonly Node[];
      readonly rest?: Node | null;
      readonly options?: readonly Node[];
      readonly left?: Node;
      readonly right?: Node;
      readonly keyType?: Node;
      readonly valueType?: Node;
      readonly innerType?: Node;
      readonly in?: Node;
      readonly getter?: () => Node;
    };
  };
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
    if (closedStrings.get(schema) !== undefined || PLAIN.includes(def.type)) return undefined;
    if (def.type === 'string') return CLOSED_FORMATS.includes(def.format ?? '') ? undefined : [path, BARE];
    if (def.type === 'template_literal') return [path, BARE];
    if (!COMPOSED.includes(def.type)) return [path, wrongType(def.type)];
    return [...parts(def, path)]
      .map(([node, at]) => this.faultOf(node, at))
      .find((fault) => fault !== undefined);
  }
}

const wrongType = (type: string) =>
  ['any', 'unknown', 'custom', 'transform'].includes(type)
    ? ANYTHING
    : `is a ${type}, which JSON has not; write what the body holds`;

/** What a schema leads to, and where that is. */
function* parts(def: Node['_zod']['def'], path: string): Generator<readonly [Node, string]> {
  for (const [name, node] of Object.entries(def.shape ?? {})) yield [node, `${path}.${name}`];
  for (const node of [def.element, ...(def.items ?? []), def.rest]) if (node) yield [node, `${path}[]`];
  if (def.keyType) yield [def.keyType, `a name of ${path}`];
  if (def.valueType) yield [def.valueType, `${path}.*`];
  if (def.catchall) yield [def.catchall, `${path}.*`];
  for (const node of [...(def.options ?? []), def.left, def.right, def.innerType, def.in, def.getter?.()])
    if (node) yield [node, path];
}
