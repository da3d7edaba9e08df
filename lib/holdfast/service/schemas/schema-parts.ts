import type * as z from 'zod';

/** Every definition that zod has, as far as it leads to others. */
export interface Node extends z.core.$ZodType {
  readonly _zod: z.core.$ZodType['_zod'] & {
    readonly def: z.core.$ZodTypeDef & {
      readonly format?: string;
      readonly coerce?: boolean;
      readonly pattern?: RegExp;
      readonly fn?: unknown;
      readonly values?: readonly unknown[];
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

/** What a schema leads to, and where that is. */
export function* parts(def: Node['_zod']['def'], path: string): Generator<readonly [Node, string]> {
  for (const [name, node] of Object.entries(def.shape ?? {})) yield [node, `${path}.${name}`];
  for (const node of [def.element, ...(def.items ?? []), def.rest]) if (node) yield [node, `${path}[]`];
  if (def.keyType) yield [def.keyType, `a name of ${path}`];
  if (def.valueType) yield [def.valueType, `${path}.*`];
  if (def.catchall) yield [def.catchall, `${path}.*`];
  for (const node of [...(def.options ?? []), def.left, def.right, def.innerType, def.in, def.getter?.()])
    if (node) yield [node, path];
}
