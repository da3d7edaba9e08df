import * as z from 'zod';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { constraintsOf } from '../../core/definitions/resource-extension.ts';
import { operations } from '../../core/operations/operations.ts';
import type { RegisteredResource } from '../../service/registry.ts';

const timestamp = z.string().meta({ format: 'date-time', description: 'RFC 3339, in UTC' });

const id = (prefix: string) => z.string().meta({ pattern: `^${prefix}_[0-9a-z]{26}$` });

/** A resource as it is shown: as `lib/holdfast/core/definitions/representation.ts` writes it. */
export function representationSchema({ definition, actions }: RegisteredResource): z.ZodObject {
  const { idPrefix, states, members } = definition;
  const rules = constraintsOf(definition);
  const names = actions.flatMap(({ definition }) => (definition.from === undefined ? [] : [definition.name]));
  const schema = z.object({
    id: id(idPrefix),
    state: z.enum(states),
    version: z.int().min(1),
    ...members.shape,
    createdAt: timestamp,
    updatedAt: timestamp,
    operation: z
      .object({ id: id(operations.idPrefix), href: z.string() })
      .optional()
      .meta({ description: 'The last operation that an action on it started.' }),
    allowedActions: z
      .array(names.length === 0 ? z.string() : z.enum(names).meta({ 'x-open-enum': true }))
      .meta({ description: 'What this state permits; a client passes over actions that it does not know.' }),
  });
  return rules.length === 0 ? schema : schema.meta({ description: rules.map(({ says }) => says).join(' ') });
}

/** An operation as it is shown. */
export const operationSchema = ({ states, members }: Resource): z.ZodObject =>
  z.object({
    id: id(operations.idPrefix),
    state: z.enum(states),
    ...members.shape,
    createdAt: timestamp,
    updatedAt: timestamp,
  });

/** One entry of a history: a version of the resource, or of an operation on it. */
const historyEntry = z.object({
  at: timestamp,
  action: z.string().meta({ description: 'The action, or what happened to the operation.' }),
  actor: z
    .string()
    .meta({ description: 'Subject of the token; `system:operation` for what nobody asked for.' }),
  key: z.string().optional().meta({ description: 'Hash of the Idempotency-Key.' }),
  from: z.string().optional(),
  to: z.string(),
  version: z.int().min(1),
  operation: id(operations.idPrefix).optional(),
  step: z.string().optional(),
  attempt: z.int().min(1).optional(),
  told: z.string().optional().meta({
    description:
      'What the partner told of the step: `succeeded`, `pending`, `rejected: …`, `unavailable`, `unknown`, `undeclared`, `not-found`. Of `contradicted`: after another final outcome, which stands.',
  }),
  note: z.string().optional().meta({ description: 'Of a cancel of the operation: what it was sent with.' }),
  outcome: z
    .enum(['succeeded', 'failed', 'retry'])
    .optional()
    .meta({ description: 'Of a resolve of the operation: what a person found out.' }),
  evidence: z.string().optional().meta({ description: 'Of a resolve of the operation: how they know.' }),
  resource: z.literal('leave').optional().meta({ description: 'Of a resolve of the operation.' }),
});

const cause = z
  .object({
    type: z.string().meta({ description: 'Plural name of the resource.' }),
    id: z.string(),
    version: z.int().min(1),
  })
  .meta({
    description:
      "Of a change by another resource's action, named `orders.place`: that resource, and the version that it made of it.",
  });

/** An entry of a history; one that tells of another resource's action only where there is such an action. */
export const historyEntrySchema = (actions: readonly Action[]) =>
  actions.some((action) => action.with?.touches.some(({ writes }) => writes))
    ? historyEntry.extend({ cause: cause.optional() })
    : historyEntry;
