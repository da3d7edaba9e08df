import { createHash } from 'node:crypto';
import { ACTIONS } from './payout-machine.ts';

/** What a history tells of one version. */
export interface Row {
  readonly version: number;
  readonly action: string;
  readonly actor: string;
  readonly key?: string;
  readonly from?: string;
  readonly to: string;
  readonly operation?: string;
}

/** Whether a row of a history is of the payout itself, and not of an operation on it. */
export const isOfPayout = ({ action, operation }: Pick<Row, 'action' | 'operation'>): boolean =>
  ACTIONS.some((each) => each === action) && !(action === 'cancel' && operation !== undefined);

/** What histories show of a key. */
export const keyHash = (key: string): string =>
  createHash('sha256').update(key).digest().subarray(0, 16).toString('base64url');
