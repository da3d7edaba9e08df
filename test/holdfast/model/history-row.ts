import { createHash } from 'node:crypto';
import { ACTIONS, EXCHANGE } from './payout-machine.ts';

/** What a history tells of one version. */
export interface Row {
  readonly version: number;
  readonly action: string;
  readonly actor: string;
  readonly key?: string;
  readonly from?: string;
  readonly to: string;
  readonly operation?: string;
  /** Of a change that another payout's action made: which version of that it came with. */
  readonly cause?: { readonly id: string; readonly version: number };
}

/** Whether a row of a history is of the payout itself, and not of an operation on it. */
export const isOfPayout = ({ action, operation }: Pick<Row, 'action' | 'operation'>): boolean =>
  [...ACTIONS, EXCHANGE, `payouts.${EXCHANGE}`].some((each) => each === action) &&
  !(action === 'cancel' && operation !== undefined);

/** What histories show of a key. */
export const keyHash = (key: string): string =>
  createHash('sha256').update(key).digest().subarray(0, 16).toString('base64url');
