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
export interface Constraint {
  /** In documents and messages: `sku`. */
  readonly name: string;
  /** What holds, in a sentence. */
  readonly says: string;
  readonly members: readonly string[];
  /** So many items at most are put and deleted where one of the members changes. */
  readonly writes: number;
}

/** A list of a resource by its members, which an index of its own is for. */
export interface MemberList {
  /** Whose values it is asked by: members, and perhaps `state`. */
  readonly by: readonly string[];
  /** What it is in the order of: `createdAt`, or a member. */
  readonly order: string;
  readonly first: 'highest' | 'lowest';
  /** The index: `list-1` is the first one, and an item has its keys in it as `l1` and `o1`. */
  readonly slot: number;
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
  readonly constraints?: readonly Constraint[];
  /** Problems that its list may be refused with besides, by code. @default none */
  readonly listProblems?: Readonly<Record<string, ProblemRow>>;
  /** By their names. @default only those that every resource has */
  readonly lists?: Readonly<Record<string, MemberList>>;
  /**
   * What it keeps with each version, by a name, and in words that change when what is kept does. Older items lack it, so nothing goes by it
   * until a backfill has been through the table. @default nothing that older items lack
   */
  readonly rules?: Readonly<Record<string, string>>;
  /** @default members are kept as code knows them */
  readonly form?: StoredForm;
}

/** A resource, as far as it may be extended. */
export interface Extendable {
  /** What capabilities add to it. @default nothing */
  readonly extensions?: readonly ResourceExtension[];
}

/** The constraints of all capabilities of a resource. */
export const constraintsOf = ({ extensions = [] }: Extendable): readonly Constraint[] =>
  extensions.flatMap(({ constraints = [] }) => constraints);

/**
 * Capabilities that may have part in a change of a resource, as it changes these members: one whose constraints are over others keeps
 * nothing, and refuses nothing.
 * @param sets @default any member
 */
export const takingPart = (
  { extensions = [] }: Extendable,
  sets?: readonly string[],
): readonly ResourceExtension[] =>
  extensions.filter(
    ({ constraints }) =>
      sets === undefined ||
      constraints === undefined ||
      constraints.some(({ members }) => members.some((member) => sets.includes(member))),
  );

/** What of an operation's end is a member of a constraint, which actions alone may change: an end keeps nothing in items of their own. */
export function endFault(resource: Extendable, given: object): string | undefined {
  const ruled = constraintsOf(resource).find(({ members }) =>
    members.some((member) => Object.hasOwn(given, member)),
  );
  const member = ruled?.members.find((each) => Object.hasOwn(given, each));
  return (
    ruled && `gives '${member}', which rule '${ruled.name}' is over; let an action set it, and not an end`
  );
}

/** Every list by members that a resource has, by its name. */
export const listsOf = ({ extensions = [] }: Extendable): Readonly<Record<string, MemberList>> =>
  Object.assign({}, ...extensions.map(({ lists }) => lists));

/** Everything that is kept with each version of a resource and that older items lack, by its name. */
export const rulesOf = ({ extensions = [] }: Extendable): Readonly<Record<string, string>> =>
  Object.assign({}, ...extensions.map(({ rules }) => rules));

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
