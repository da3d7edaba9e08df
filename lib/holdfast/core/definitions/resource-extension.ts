import { Problem } from '../problems/problem.ts';
import type { ProblemRow } from '../problems/problems.ts';

/** Members of a resource by name, as code knows them or as they are kept. */
export type MembersKept = Readonly<Record<string, unknown>>;

/** How the members of a resource are kept, where that may be in another shape than the one that code knows. */
export interface StoredForm {
  /** The newest shape that this release reads: the one that code knows. */
  readonly reads: number;
  /** The shape that it writes, the one it reads or the one before; what is kept in a newer one stays in that. */
  readonly writes: number;
  /**
   * Members as code knows them.
   * @throws Problem `temporarily-unavailable` for a shape that this release does not read
   */
  read(kept: MembersKept): MembersKept;
  /**
   * Members as they are to be kept.
   * @param before as they are kept; undefined for a create
   */
  store(members: MembersKept, before: MembersKept | undefined): MembersKept;
}

/** What is kept with a resource for the sake of some of its members, in items of their own. */
export interface Rule {
  /** In documents and messages: `sku`. */
  readonly name: string;
  /** What holds, in a sentence. */
  readonly says: string;
  readonly members: readonly string[];
  /** So many items at most are put and deleted where one of the members changes. */
  readonly writes: number;
}

/** What a capability adds to a resource, as far as it can be known without running it. */
export interface ResourceExtension {
  /** The capability, by the name of its folder. */
  readonly capability: string;
  /** Problems that any action which writes the resource may be refused with besides, by code. @default none */
  readonly problems?: Readonly<Record<string, ProblemRow>>;
  /** What begins the keys of other items that such an action puts and deletes: `unique#products`. @default none */
  readonly keys?: readonly string[];
  /** @default none */
  readonly rules?: readonly Rule[];
  /** @default members are kept as code knows them */
  readonly form?: StoredForm;
}

/** A resource, as far as it may be extended. */
export interface Extendable {
  /** What capabilities add to it. @default nothing */
  readonly extensions?: readonly ResourceExtension[];
}

/** The rules of all capabilities of a resource. */
export const rulesOf = ({ extensions = [] }: Extendable): readonly Rule[] =>
  extensions.flatMap(({ rules = [] }) => rules);

/** What of an operation's end is a member of a rule, which actions alone may change: an end keeps nothing in items of their own. */
export function endFault(resource: Extendable, given: object): string | undefined {
  const ruled = rulesOf(resource).find(({ members }) =>
    members.some((member) => Object.hasOwn(given, member)),
  );
  const member = ruled?.members.find((each) => Object.hasOwn(given, each));
  return (
    ruled && `gives '${member}', which rule '${ruled.name}' is over; let an action set it, and not an end`
  );
}

/** How the members of a resource are kept; undefined where that is as code knows them. */
export const formOf = ({ extensions }: Extendable): StoredForm | undefined =>
  extensions?.find(({ form }) => form !== undefined)?.form;

/** The shape of members that no release has written in another one yet. */
const FIRST_SHAPE = 1;

/**
 * Members as code knows them.
 * @throws Problem `temporarily-unavailable` for a shape that another release has written: what it means is never guessed
 */
export function readMembers(resource: Extendable, pk: string, kept: MembersKept): MembersKept {
  const form = formOf(resource);
  if (form !== undefined) return form.read(kept);
  const { '#shape': shape = FIRST_SHAPE } = kept;
  if (shape === FIRST_SHAPE) return kept;
  throw new Problem('temporarily-unavailable', {
    cause: new Error(
      `${pk} is kept in shape ${shape}, and this release reads ${FIRST_SHAPE}; deploy the release that wrote it`,
    ),
  });
}
