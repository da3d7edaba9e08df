import type { Operation } from '../../core/definitions/define-operation.ts';
import type { OperationState, Resolution, WaitingReason } from '../../core/operations/operation-progress.ts';
import type { ProblemRow } from '../../core/problems/problems.ts';

/** An operation, as `GET /operations/{id}` shows it. */
export interface ShownOperation {
  readonly id: string;
  readonly action: string;
  readonly state: OperationState;
  readonly step: string;
  readonly attempt: number;
  readonly waiting?: {
    readonly reason: WaitingReason;
    readonly partner: string;
    readonly since: string;
    readonly nextAttemptAt: string;
  };
  readonly result?: Readonly<Record<string, string>>;
  readonly problem?: { readonly detail: string };
  readonly resource: { readonly type: string; readonly id: string; readonly href: string };
  readonly cancelable: boolean;
  readonly createdAt: string;
}

/** A resource, as `GET /{resource}/{id}` shows it, its own members among the others. */
export interface ShownResource {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly operation?: string;
}

/** One entry of a resource's history. */
export interface Entry {
  readonly at: string;
  readonly action: string;
  readonly actor: string;
  readonly from?: string;
  readonly to: string;
  readonly version: number;
  readonly operation?: string;
  readonly step?: string;
  readonly attempt?: number;
  readonly told?: string;
  readonly note?: string;
  readonly outcome?: Resolution;
  readonly evidence?: string;
  readonly resource?: string;
}

/** A history, as far as it has followed the writes. */
export interface History {
  readonly entries: readonly Entry[];
  readonly isComplete: boolean;
}

/** A resource that was asked about, and everything that happened to it. */
export interface ResourceCase {
  readonly shown: ShownResource;
  /** `payout` */
  readonly singular: string;
  readonly href: string;
  /** Its members in words, those that may be personal masked. */
  readonly members: readonly (readonly [name: string, value: string])[];
  readonly history: History;
}

/** What a customer was refused with. */
export interface Refusal {
  readonly code: string;
  readonly row: ProblemRow;
}

/** What support asks about: what its id names, and where that was read. */
export interface Case {
  readonly about:
    | { readonly kind: 'operation'; readonly operation: ShownOperation; readonly resource: ResourceCase }
    | { readonly kind: 'resource'; readonly resource: ResourceCase }
    | { readonly kind: 'request'; readonly id: string };
  /** Of the operation; undefined where this checkout has it no more. */
  readonly definition: Operation | undefined;
  readonly refusal: Refusal | undefined;
  /** Versions of the contract that are served, the oldest first, and the day from which one is refused. */
  readonly versions: readonly { readonly version: string; readonly sunset?: string }[];
  /** Base URL of the service. */
  readonly url: string;
  /** A deployed stage. @default the local cloud */
  readonly stage: string | undefined;
}
