import type * as z from 'zod';
import type { MemberList } from '../../core/definitions/resource-extension.ts';

/** A schema of a member, as far as it leads to what it holds. */
export interface Schema extends z.core.$ZodType {
  readonly _zod: z.core.$ZodType['_zod'] & {
    readonly def: z.core.$ZodTypeDef & { readonly format?: string; readonly innerType?: Schema };
  };
}

/** What is within a member that may be missing. */
export function inner(schema: Schema): Schema {
  const { innerType } = schema._zod.def;
  return innerType === undefined ? schema : inner(innerType);
}

/** What a list is by, in which order; the short form is what it is by alone. */
export type Declared<M extends string> =
  | readonly (M | 'state')[]
  | {
      /** Members whose values it is asked by, and perhaps `state`: all of them with each request. */
      readonly by: readonly (M | 'state')[];
      /** A date, a time or an integer. An item without it is not in the list. @default 'createdAt' */
      readonly order?: M | 'createdAt';
      /** @default 'highest', so that the newest comes first */
      readonly first?: MemberList['first'];
    }
  /** It was here, and its index is kept free. */
  | 'removed';

/** A list, and what it is called. */
export interface NamedList extends MemberList {
  readonly name: string;
}

/** Lists in the order of their indexes. */
export const namedLists = (declared: Readonly<Record<string, Declared<string>>>): readonly NamedList[] =>
  Object.entries(declared).flatMap(([name, each], i) => {
    if (each === 'removed') return [];
    const { by, order = 'createdAt', first = 'highest' } = 'by' in each ? each : { by: each };
    return [{ name, by: [...by].sort(), order, first, slot: i + 1 }];
  });

/** A list in words, which change when the keys of its items do. */
export const inWords = ({ by, order, first, slot }: MemberList): string =>
  `list-${slot}: ${by.join(', ')}; ${order}, ${first} first`;

/** The name of its rule, which no other capability's has. */
export const ruleOf = ({ name }: NamedList): string => `lists.${name}`;
