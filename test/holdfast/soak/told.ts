import { keyHash } from '../../../lib/holdfast/core/requests/idempotency-key.ts';

/** A write that a client was told has been done. */
export interface Accepted {
  readonly action: string;
  readonly actor: string;
  readonly keyHash: string;
  /** That it made. */
  readonly version: number;
}

/** What clients were told; in the end, the service has to agree. */
export class Told {
  /** By payout. */
  readonly accepted = new Map<string, Accepted[]>();
  /** Hashes of keys whose requests were refused for good. */
  readonly refused = new Set<string>();
  /** By operation: whose it is, and whether a cancel was accepted. */
  readonly operations = new Map<string, { readonly payout: string; cancelled: boolean }>();
  /** What no client should have seen. */
  readonly violations: string[] = [];
  /** How many answers there were of each kind. */
  readonly counts = new Map<string, number>();

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  accept(payout: string, action: string, actor: string, key: string, version: number): void {
    const all = this.accepted.get(payout) ?? [];
    all.push({ action, actor, keyHash: keyHash(key), version });
    this.accepted.set(payout, all);
  }

  refuse(key: string): void {
    this.refused.add(keyHash(key));
  }
}

/** The version that a tag names. */
export const versionOf = (etag: string): number => Number(/^"(\d+)-/.exec(etag)?.[1]);
