// Written by npm run record.

import * as kit from 'holdfast/client';
import type { operations } from './contract.ts';
import { API_VERSION, routes } from './routes.ts';

export { type CallOptions, type ClientOptions, NoAnswerError } from 'holdfast/client';

/** Every operation of the document: `payouts.approve`. */
export type OperationId = keyof operations;

/** What a call comes to. */
export type Result<Id extends OperationId> = kit.Result<operations, Id>;

/** Every problem that an operation of the document may answer, told apart by `code`. */
export type ProblemOf<Id extends OperationId> = kit.ProblemOf<operations, Id>;

/** An operation, as it is read. */
export type Operation = kit.Operation<operations>;

/** An operation that was accepted, to be waited for. */
export type OperationHandle = kit.OperationHandle<operations>;

export type Client = kit.Client<operations, typeof routes>;

/** A client of this service. */
export const createClient = (options: kit.ClientOptions): Client =>
  kit.createClient({ version: API_VERSION, routes }, options);
