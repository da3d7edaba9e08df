import type { Answer } from '../support/client.ts';
import type { ActionName, Input } from './payout-machine.ts';
import type { USERS, Version } from './program.ts';

/** Who sends. */
export interface User {
  readonly name: (typeof USERS)[number];
  readonly tenant: string;
}

/** A write of a payout, or the cancel of an operation: what it says. */
export interface Write {
  readonly kind: 'act' | 'cancel-operation';
  readonly action: ActionName;
  /** Id of the payout or the operation; for a create, undefined. */
  readonly id: string | undefined;
  readonly user: User;
  readonly key: string;
  readonly version: Version;
  readonly ifMatch: string | undefined;
  /** In its newest form. */
  readonly input: Input;
}

/** A read: what it says. */
export interface Read {
  readonly kind: 'payout' | 'list' | 'history' | 'operation';
  readonly id: string | undefined;
  readonly user: User;
  readonly version: Version;
}

/** Screening tells its verdict, and the operation is followed to its end. */
export interface End {
  readonly kind: 'end-operation';
  readonly id: string;
  readonly payout: string;
  readonly verdict: 'clear' | 'hit';
}

/** A request, from where it was sent to where it was answered; times are counted, so that no two things are at the same. */
export interface Sent<W = Write | Read | End> {
  readonly what: W;
  readonly invoked: number;
  /** Undefined where the answer was lost. */
  readonly answered: number | undefined;
  readonly answer: Answer | undefined;
  /** Its calls of DynamoDB that waited for their turn, each with its fault. */
  readonly calls: readonly string[];
}

/** An operation as a list shows it. */
export interface Operation {
  readonly id: string;
  readonly state: string;
  readonly resource: { readonly id: string };
}

/** Everything that a program has seen, and what was found when it had come to rest. */
export interface History {
  readonly sent: readonly Sent[];
  /** Of each payout that was made: itself, its history, and the operations on it; in the newest version. */
  readonly final: readonly {
    readonly id: string;
    readonly tenant: string;
    readonly payout: Answer;
    readonly history: Answer;
    /** The oldest first. */
    readonly operations: readonly Operation[];
    /** Of the bank, by ordinal of the disbursement. */
    readonly transfers: readonly string[];
  }[];
}
