/** A partner that does everything right. Faults are chances from 0 to 1, or what the end of their names says. */
export const NO_FAULTS = {
  /** Only references that begin with this meet the faults; nobody else does. */
  only: '',
  /** Does nothing for so long, and then what it is asked. */
  latencyMs: 0,
  /** Does nothing, and says to try again after so long; a partner that has no way to say so does what it is asked. */
  unavailableSeconds: 0,
  /** Of `queues`, which is no partner: until then, no command of operations is taken from its queue in time. */
  neverTakenUntil: 0,
  /** Does nothing, and answers 500. */
  error: 0,
  /** Does what it is asked, and closes the connection without an answer. */
  dropAnswer: 0,
  /** Does what it is asked, and answers so long after it; above `timeoutMs` of the partner, nobody waits for the answer. */
  lateMs: 0,
  /** Says that it will be done later, and does it after so long. */
  booksLateMs: 0,
  /** Answers with this word in place of its own, whatever it has done and knows. */
  says: '',
  /** Refuses for good. */
  reject: 0,
  /** Calls back twice. */
  duplicateCallback: 0,
  /** Calls back before it answers. */
  earlyCallback: 0,
  /** Does not call back. */
  neverCallback: 0,
  /** Calls back so long after it was asked. */
  callbackMs: 5,
  /** Signs callbacks with a secret that nobody knows. */
  wrongSignature: false,
  /** Signs callbacks by a clock that is so far ahead. */
  skewSeconds: 0,
};

/** What a simulated partner does wrong, until it is told otherwise. */
export type Faults = Readonly<typeof NO_FAULTS>;

/** What is wrong with faults that somebody asks for. @default nothing */
export function faultOfFaults(asked: object): string | undefined {
  const known = new Map<string, unknown>(Object.entries(NO_FAULTS));
  for (const [name, value] of Object.entries(asked)) {
    const type = typeof known.get(name);
    if (!known.has(name)) return `'${name}' is not a fault; use ${[...known.keys()].join(', ')}`;
    if (typeof value !== type) return `'${name}' is ${JSON.stringify(value)}, not a ${type}; write a ${type}`;
    // What has no unit in its name.
    if (type === 'number' && !/(Ms|Seconds|Until)$/.test(name) && Math.abs(Number(value) - 0.5) > 0.5)
      return `'${name}' is ${value}; write a chance from 0 to 1`;
  }
  return undefined;
}
