/** What a simulated partner does wrong, until it is told otherwise; each is a chance from 0 to 1, or a time. */
export interface Faults {
  /** What the references begin with that it does wrong, so that nobody else meets it. @default all */
  readonly only: string;
  /** Milliseconds before it does anything. */
  readonly latencyMs: number;
  /** Says that it does nothing, and to try again after so many seconds; a partner that has no way to say so takes it on. */
  readonly unavailableSeconds: number;
  /** Of `queues`, which is no partner: epoch milliseconds until which no command of operations is taken in time. */
  readonly neverTakenUntil: number;
  /** Answers 500 and does nothing. */
  readonly error: number;
  /** Does what it is asked, and drops the answer. */
  readonly dropAnswer: number;
  /** Does what it is asked, and answers after the caller's patience. */
  readonly lateMs: number;
  /** Says that it will be done later, and does it then. */
  readonly booksLateMs: number;
  /** Answers with this word in place of its own, whatever it has done and knows. @default its own */
  readonly says: string;
  /** Refuses for good. */
  readonly reject: number;
  /** Calls back twice. */
  readonly duplicateCallback: number;
  /** Calls back before it answers. */
  readonly earlyCallback: number;
  /** Never calls back. */
  readonly neverCallback: number;
  /** Milliseconds before it calls back. */
  readonly callbackMs: number;
  /** Signs with a secret that nobody knows. */
  readonly wrongSignature: boolean;
  /** Seconds that its clock is ahead, when it signs. */
  readonly skewSeconds: number;
}

/** A partner that does everything right. */
export const NO_FAULTS: Faults = {
  only: '',
  latencyMs: 0,
  unavailableSeconds: 0,
  neverTakenUntil: 0,
  error: 0,
  dropAnswer: 0,
  lateMs: 0,
  booksLateMs: 0,
  says: '',
  reject: 0,
  duplicateCallback: 0,
  earlyCallback: 0,
  neverCallback: 0,
  callbackMs: 5,
  wrongSignature: false,
  skewSeconds: 0,
};
