/** A write came about, or an operation was accepted. */
export const ACCEPTED = 'Accepted';

/** Milliseconds from the gateway to the answer of a write. */
export const WRITE_LATENCY = 'WriteLatency';

/** A retry got the answer of the request that it repeats. */
export const REPLAYED = 'Replayed';

/** A request met a state or a version that it does not fit. */
export const CONFLICTED = 'Conflicted';

/** A request was refused for another reason; by the problem's code too. */
export const REJECTED = 'Rejected';

/** A client that has signed in spoke a version of the contract: by the version, and by the version and the client. */
export const VERSION_REQUESTS = 'VersionRequests';

/** A request failed by a fault that is not its own; by the function and its version too. */
export const FAILED = 'Failed';

/** An operation has come to need a person. */
export const NEEDS_ATTENTION = 'NeedsAttention';

/** The sweep found an operation past the time at which it should have been heard of. */
export const OVERDUE = 'Overdue';

/** The sweep could not visit an operation, and has put it behind the others. */
export const UNVISITED = 'Unvisited';

/** A partner told another final outcome of a command than the first one; by the partner too. */
export const CONTRADICTED = 'Contradicted';

/** A partner failed so often that it is left alone for a while; by the partner too. */
export const BREAKER_OPENED = 'BreakerOpened';

/** A partner answered what its adapter does not declare, which is taken for unknown; by the partner too. */
export const UNDECLARED_ANSWERS = 'UndeclaredAnswers';
