import * as z from 'zod';
import type { Operation } from '../definitions/define-operation.ts';
import { kitResource } from '../definitions/define-resource.ts';
import { representation, type StoredResource } from '../definitions/representation.ts';
import { type ApiVersion, NEWEST_SHAPES } from '../versions/api-version.ts';
import { type Body, shownIn } from '../versions/version-shapes.ts';
import {
  commandKey,
  isCancelable,
  isOpen,
  OPERATION_STATES,
  type Progress,
  WAITING_REASONS,
  type WaitingReason,
} from './operation-progress.ts';

/** Seconds after which a client asks again for an operation that is not final. */
export const RETRY_AFTER_SECONDS = 1;

/** How long a final operation is kept, in seconds: 30 days. */
export const KEPT_SECONDS = 30 * 86_400;

/** Who changes an operation, and ends it, when no person does. */
export const SYSTEM = 'system:operation';

/** What each reason to wait says of the partner. */
export const WAITING_MEANS: Readonly<Record<WaitingReason, string>> = {
  rate: 'the partner is called as often as it may be',
  breaker: 'it failed so often that it is left alone',
  queue: 'no consumer took the command in time',
  unavailable: 'it did nothing, and said to try later',
  callback: 'it has taken the command on, and calls back',
  pending: 'it has taken it on, and is asked',
  unknown: 'it may have done it or not, and is asked',
  'not-found': 'it does not know it, which has to settle',
};

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
  /** The state that it holds the resource in, until its own end. @default unknown, accepted by an older release */
  readonly held?: string;
  /** Names of its steps when it was accepted, in their order: references stay, wherever a release puts steps. @default the definition's */
  readonly steps?: readonly string[];
  /** {@link Progress.retries} */
  readonly retries?: Readonly<Record<string, number>>;
}

/** What is stored of an operation besides what is shown. */
export interface OperationInternals {
  readonly subject: OperationSubject;
  readonly progress: Progress;
  /** Token of the wait that a cancel wakes. */
  readonly wake?: string;
}

/**
 * What an operation holds. Made by the first that asks: a function of an action knows only what operations are called, and half
 * of the schemas that its import would make are these.
 */
const membersOnce = once(() =>
  z.object({
    action: z.string(),
    resource: z.object({ type: z.string(), id: z.string(), href: z.string() }),
    step: z.string(),
    attempt: z.number(),
    progress: z.object({ completed: z.number(), total: z.number() }),
    nextAttemptAt: z.string().optional(),
    waiting: z
      .object({
        reason: z.enum(WAITING_REASONS).meta({
          description: Object.entries(WAITING_MEANS)
            .map(([reason, meaning]) => `${reason}: ${meaning}`)
            .join(' · '),
        }),
        partner: z.string(),
        since: z.string().meta({ format: 'date-time', description: 'Since when, for this reason.' }),
        nextAttemptAt: z.string().meta({ format: 'date-time' }),
      })
      .optional()
      .meta({ description: 'Why nothing happens now, and until when; absent while something does.' }),
    result: z.record(z.string(), z.string()).optional(),
    results: z.record(z.string(), z.record(z.string(), z.string())).optional(),
    problem: z.object({ detail: z.string() }).optional(),
    cancelable: z.boolean(),
    note: z.string().optional().meta({ description: 'What the cancel was sent with.' }),
    resolution: z
      .object({
        outcome: z.enum(['succeeded', 'failed', 'retry']),
        evidence: z.string(),
        resource: z.literal('leave').optional(),
        result: z.record(z.string(), z.string()).optional(),
      })
      .optional()
      .meta({ description: 'What a person has found out last; its history has every one.' }),
  }),
);

const internalOnce = once(() =>
  z.object({
    subject: z.custom<OperationSubject>(),
    machine: z.custom<Progress>(),
    wake: z.string().optional(),
  }),
);

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** An accepted action that is being carried out: a resource of the kit, of the same make as a team's own. */
export const operations = kitResource({
  name: 'operations',
  singular: 'operation',
  idPrefix: 'op',
  states: OPERATION_STATES,
  get members() {
    return membersOnce();
  },
  get internal() {
    return internalOnce();
  },
  problems: {
    'operation-not-cancelable': {
      status: 409,
      title: 'The operation can no longer be cancelled',
      category: 'conflict',
      recovery: 'track',
      tell: 'It is too late to cancel this. It will be completed.',
      check: 'Has the point of no return been sent, or has it ended? Its history tells.',
    },
    'operation-outcome-known': {
      status: 409,
      title: 'The partners have already reported how the operation ended',
      category: 'conflict',
      recovery: 'refresh',
      tell: 'This has already ended, with a different outcome. Please check it again.',
      check:
        'Its outcome is known, and only its resource keeps it from ending; its problem says why. Resolve it with that outcome, or by retry.',
    },
  },
});

/** What a command is called where it is shown: its step, or what takes that back; a step that is gone, by its name. */
export const shownStep = (
  { steps }: Operation,
  { step, undo }: { readonly step: string; readonly undo: boolean },
): string => (undo ? steps.find(({ name }) => name === step)?.compensation : undefined) ?? step;

/** Members of an operation as they are shown, made from what it has come to; a step that is gone is shown by its name. */
export function operationMembers(operation: Operation, subject: OperationSubject, progress: Progress) {
  const { command, done, result, reason } = progress;
  const { type, id } = subject.resource;
  const definition = operation.steps.find(({ name }) => name === command.step);
  const nextAttemptAt =
    isOpen(progress) && command.notBefore > 0 ? new Date(command.notBefore).toISOString() : null;
  const { waiting } = command;
  return {
    action: subject.action,
    resource: { type, id, href: `/${type}/${id}` },
    step: shownStep(operation, command),
    attempt: command.attempt,
    progress: { completed: done.length, total: operation.steps.length },
    nextAttemptAt,
    waiting:
      waiting === undefined || definition === undefined || nextAttemptAt === null
        ? null
        : {
            reason: waiting.reason,
            partner: definition.partner.name,
            since: new Date(waiting.since).toISOString(),
            nextAttemptAt,
          },
    result: result ?? null,
    problem: reason === undefined ? null : { detail: reason },
    cancelable: isCancelable(progress),
  };
}

/** What stands before the letter: a retry after a final outcome has another, so that no partner knows its reference yet. */
const SEPARATORS = '-123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Our reference for a step of an operation, at most 35 characters: stable over attempts and releases, new with each
 * operation, and with each retry of what was refused for good.
 */
export function referenceOf(
  operation: Operation,
  { resource, ordinal, steps = [], retries = {} }: OperationSubject,
  step: string,
  undo: boolean,
): string {
  const added = operation.steps.map(({ name }) => name).filter((name) => !steps.includes(name));
  const letter = String.fromCharCode((undo ? 65 : 97) + [...steps, ...added].indexOf(step));
  const separator = SEPARATORS[retries[commandKey({ step, undo })] ?? 0];
  return `${resource.id}${separator}${letter}${ordinal.toString(36)}`;
}

/** An operation as it is shown: what it has come to, without the version and the actions that a team's resource has. */
export function operationRepresentation(stored: StoredResource): Body {
  const { version: _, allowedActions: __, operation: ___, ...shown } = representation(operations, [], stored);
  return shown;
}

/** An operation as it is shown in a version. */
export const operationIn = (version: ApiVersion, stored: StoredResource): Body =>
  shownIn(operations.name, operationRepresentation(stored), NEWEST_SHAPES, version);
