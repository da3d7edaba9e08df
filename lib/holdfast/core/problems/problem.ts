import { type ProblemCode, type ProblemRow, problems } from './problems.ts';

/** One fault in the input: where (RFC 6901 JSON pointer, or a query parameter's name) and what. */
export type ProblemError =
  | { readonly pointer: string; readonly detail: string }
  | { readonly parameter: string; readonly detail: string };

/** What the client would read if it read the resource again; goes with a conflict. */
export interface CurrentState {
  readonly state: string;
  readonly version: number;
  readonly allowedActions: readonly string[];
}

/** Another resource that an action decides on. Its id is told to those who have named it, or can read where it is named. */
export interface Related {
  /** What the action calls it. */
  readonly name: string;
  readonly type: string;
  readonly id?: string;
  /** How it stands, for those who may read it. */
  readonly state?: string;
  readonly version?: number;
}

/** A resource that has what is asked for already. */
export interface Existing {
  readonly type: string;
  readonly id: string;
  /** Path of it from the API's base. */
  readonly href: string;
}

/** What an occurrence adds to its row. */
export interface Occurrence {
  /** One sentence on this occurrence; never a stack, an ARN, a table name or an SDK message. */
  readonly detail?: string;
  /** Singular name of the resource, for the title. */
  readonly resource?: string;
  readonly errors?: readonly ProblemError[];
  readonly current?: CurrentState;
  /** ETag of `current`. */
  readonly etag?: string;
  /** Other resources that the action decides on, and over which it is refused. */
  readonly related?: readonly Related[];
  /** The resource that stands in the way of another one, for those who may read it. */
  readonly existing?: Existing;
  readonly cause?: unknown;
}

/** The title of a row, for a resource of this name. */
export const titleOf = (row: ProblemRow, resource = 'resource'): string =>
  row.title.replace('{resource}', resource);

/** The one error that reaches a client: a row of the table and what this occurrence adds. */
export class Problem extends Error {
  readonly code: string;
  readonly row: ProblemRow;
  readonly occurrence: Occurrence;

  /** @param row of a domain's code; @default the kit's row of that code */
  constructor(code: ProblemCode, occurrence?: Occurrence);
  constructor(code: string, occurrence: Occurrence, row: ProblemRow);
  constructor(code: string, occurrence: Occurrence = {}, row: ProblemRow = problems[code as ProblemCode]) {
    super(occurrence.detail ?? titleOf(row, occurrence.resource), { cause: occurrence.cause });
    this.name = 'Problem';
    this.code = code;
    this.row = row;
    this.occurrence = occurrence;
  }

  /** Anything thrown, as a problem: what is no problem yet becomes `internal-error` and stays its cause. */
  static from(error: unknown): Problem {
    return error instanceof Problem ? error : new Problem('internal-error', { cause: error });
  }
}
