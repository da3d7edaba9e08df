/** What a service is called where it answers: handed in, since core knows no service. */
export interface ServiceNames {
  /** Of its URNs and its realm: `payouts`. */
  readonly prefix: string;
  /** On its pages. */
  readonly title: string;
  /** Of the metrics that it counts itself. */
  readonly namespace: string;
  /** The version of the contract that its code speaks: `2026-11-01`. */
  readonly apiVersion: string;
}

/** Names a kind of problem (RFC 9457 3.1.1); as a URN it can be read from nowhere, and never moves (RFC 8141). */
export const problemType = (prefix: string, code: string): string => `urn:${prefix}:problem:${code}`;

/** Names a request (RFC 9457 3.1.5). */
export const requestUrn = (prefix: string, requestId: string): string => `urn:${prefix}:request:${requestId}`;

/** `WWW-Authenticate` of a 401 (RFC 6750 3). */
export const challenge = (prefix: string): string => `Bearer realm="${prefix}"`;
