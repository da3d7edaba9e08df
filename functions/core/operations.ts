import * as z from 'zod';
import { type ApiVersion, newestVersion } from './api-version.ts';
import type { Operation } from './define-operation.ts';
import { kitResource } from './define-resource.ts';
import { isCancelable, isFinal, OPERATION_STATES, type Progress, stepOf } from './operation-progress.ts';
import { representation, type StoredResource } from './representation.ts';
import { type Body, shownIn } from './version-shapes.ts';

/** Seconds after which a client asks again for an operation that is not final. */
export const RETRY_AFTER_SECONDS = 1;

/** How long a final operation is kept, in seconds: 30 days. */
export const KEPT_SECONDS = 30 * 86_400;

/** Who changes an operation, and ends it, when no person does. */
export const SYSTEM = 'system:operation';

/** What an operation is about. */
export interface OperationSubject {
  /** Name of the operation's definition. */
  readonly definition: string;
  /** The action that it carries out. */
  readonly action: string;
  readonly resource: { readonly type: string; readonly id: string };
  /** How many operations the resource has had, this one included: part of the references that partners are given. */
  readonly ordinal: number;
  /** The resource's version that the acceptance made: where the operation stands in its history. */
  readonly version: number;
}

/** What is stored of an operation besides what is shown. */
export interface OperationInternals {
  readonly subject: OperationSubject;
  readonly progress: Progress;
  /** Token of the wait that a cancel wakes. */
  readonly wake?: string;
}

/** An accepted action that is being carried out: a resource of the kit, of the same make as a team's own. */
export const operations = kitResource({
  name: 'operations',
  singular: 'operation',
  idPrefix: 'op',
  states: OPERATION_STATES,
  members: z.object({
    action: z.string(),
    resource: z.object({ type: z.string(), id: z.string(), href: z.string() }),
    step: z.string(),
    attempt: z.number(),
    progress: z.object({ completed: z.number(), total: z.number() }),
    nextAttemptAt: z.string().optional(),
    result: z.record(z.string(), z.string()).optional(),
    problem: z.object({ detail: z.string() }).optional(),
    cancelable: z.boolean(),
  }),
  internal: z.object({
    subject: z.custom<OperationSubject>(),
    machine: z.custom<Progress>(),
    wake: z.string().optional(),
  }),
  problems: {
    'operation-not-cancelable': {
      status: 409,
      title: 'The operation can no longer be cancelled',
      category: 'conflict',
      recovery: 'track',
      tell: 'It is too late to cancel this. It will be carried through.',
      check: 'Has the point of no return been sent, or has it ended? Its history tells.',
    },
  },
});

/** Members of an operation as they are shown, made from what it has come to. */
export function operationMembers(operation: Operation, subject: OperationSubject, progress: Progress) {
  const { command, done, result, reason } = progress;
  const { type, id } = subject.resource;
  const waits = !isFinal(progress.state) && command.notBefore > 0;
  return {
    action: subject.action,
    resource: { type, id, href: `/${type}/${id}` },
    step: command.undo ? (stepOf(operation, command.step).compensation ?? command.step) : command.step,
    attempt: command.attempt,
    progress: { completed: done.length, total: operation.steps.length },
    nextAttemptAt: waits ? new Date(command.notBefore).toISOString() : null,
    result: result ?? null,
    problem: reason === undefined ? null : { detail: reason },
    cancelable: isCancelable(progress),
  };
}

/** Our reference for a step of an operation, at most 35 characters: stable over attempts, new with each operation. */
export function referenceOf(
  operation: Operation,
  { resource, ordinal }: OperationSubject,
  step: string,
  undo: boolean,
): string {
  const letter = String.fromCharCode(
    (undo ? 65 : 97) + operation.steps.findIndex(({ name }) => name === step),
  );
  return `${resource.id}-${letter}${ordinal.toString(36)}`;
}

/** An operation as it is shown: what it has come to, without the version and the actions that a team's resource has. */
export function operationRepresentation(stored: StoredResource): Body {
  const { version: _, allowedActions: __, operation: ___, ...shown } = representation(operations, [], stored);
  return shown;
}

/** An operation as it is shown in a version. */
export const operationIn = (version: ApiVersion, stored: StoredResource): Body =>
  shownIn(operations.name, operationRepresentation(stored), newestVersion, version);
