import type { Action } from '../../core/definitions/define-action.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { allowedTransitions, type Transition } from '../../core/definitions/representation.ts';
import { SAME } from '../../core/definitions/reserved-names.ts';
import { actionPath, collectionPath, idParameter, resourcePath } from '../../core/definitions/routes.ts';
import { pascal } from '../../core/kebab-case.ts';
import { operations } from '../../core/operations/operations.ts';
import type { RegisteredResource } from '../../service/registry.ts';
import {
  notFound,
  problemsOfAction,
  problemsOfList,
  problemsOfLists,
} from '../problems/possible-problems.ts';
import { accepted, created, done, json, listSchema } from '../schemas/answers.ts';
import { inputSchema, outputSchema } from '../schemas/json-schema.ts';
import { type Node, ref } from '../schemas/node.ts';
import { historyEntrySchema, representationSchema } from '../schemas/schemas-of.ts';
import { listsTold } from './list-parameters.ts';
import type { RouteSpec } from './operation.ts';
import { parameter, pathParameter } from './parameters.ts';

const or = (states: readonly string[]) =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(states);

/** Where an action leads, in one sentence. */
function movesOf({ resource, from, to }: Action): string {
  if (from === undefined) return `It starts as ${to}.`;
  // A state that has another name since then may have been called so.
  const stays = to === SAME && !resource.states.includes(SAME);
  return stays ? `In ${or(from)}; the state stays as it is.` : `From ${or(from)} to ${to}.`;
}

/** The path parameter of one resource. */
export const idOf = (resource: Resource): Node =>
  pathParameter(
    idParameter(resource),
    { type: 'string', pattern: `^${resource.idPrefix}_[0-9a-z]{26}$` },
    `Id of the ${resource.singular}.`,
  );

/** `ApprovePayout`: the schema of an action's input. */
const inputName = ({ name, resource }: Action) => `${pascal(name)}${pascal(resource.singular)}`;

/** Schemas of a resource: as it is shown, listed, and told of, and what each action takes. */
export function resourceSchemas(resource: RegisteredResource): Node {
  const name = pascal(resource.definition.singular);
  return {
    [name]: outputSchema(representationSchema(resource)),
    [`${name}List`]: listSchema(name),
    ...inputSchemas(resource.actions),
  };
}

/** Schemas of what actions take. */
export const inputSchemas = (actions: RegisteredResource['actions']): Node =>
  Object.fromEntries(actions.map(({ definition }) => [inputName(definition), inputSchema(definition.input)]));

/** The schemas of every history. */
export const historySchemas = (actions: readonly Action[]): Node => ({
  HistoryEntry: outputSchema(historyEntrySchema(actions)),
  History: {
    type: 'object',
    properties: {
      items: { type: 'array', items: ref('schemas', 'HistoryEntry') },
      completeToVersion: {
        type: 'integer',
        description: 'Up to this version nothing is missing; history follows the writes by about a second.',
      },
      currentVersion: { type: 'integer', minimum: 1 },
      next: { type: 'string', description: 'There is more: send it as `after`.' },
    },
    required: ['items', 'completeToVersion', 'currentVersion'],
  },
});

/** Every route of a resource: list, read, history, and one for each action. */
export function resourceRoutes(resource: RegisteredResource): readonly RouteSpec[] {
  const { definition, actions } = resource;
  const own = actions.map(({ definition: action }) => action);
  const { name: tag, singular } = definition;
  const schema = pascal(singular);
  const scope = `${tag}:read`;
  const one = [idOf(definition), parameter('ApiVersion')];
  return [
    {
      method: 'get',
      path: collectionPath(definition),
      operationId: `${tag}.list`,
      tag,
      summary: `List ${tag}, newest first.`,
      kind: 'list',
      scope,
      ...listsTold(definition),
      responses: { 200: json('A page.', ref('schemas', `${schema}List`)) },
      problems: [...problemsOfList(definition), ...problemsOfLists(definition)],
    },
    {
      method: 'get',
      path: resourcePath(definition),
      operationId: `${tag}.get`,
      tag,
      summary: `Read a ${singular} as its last write left it.`,
      kind: 'read',
      scope,
      parameters: one,
      responses: { 200: json('It, and its ETag.', ref('schemas', schema), ['ETag']) },
      problems: [notFound(singular)],
    },
    {
      method: 'get',
      path: `${resourcePath(definition)}/history`,
      operationId: `${tag}.history`,
      tag,
      summary: `Read who did what to a ${singular}, in order.`,
      kind: 'list',
      scope,
      parameters: [...one, parameter('After')],
      responses: { 200: json('A page.', ref('schemas', 'History')) },
      problems: [notFound(singular), ...problemsOfList(definition)],
    },
    ...own.map((action) => actionRoute(action, allowedTransitions(own))),
  ];
}

/** `POST /payouts/{payoutId}/approve`, as everything about it follows from its definition. */
export function actionRoute(action: Action, transitions: readonly Transition[]): RouteSpec {
  const { resource, name, summary, scope, from, operation, versionless, with: extension } = action;
  const schema = pascal(resource.singular);
  const accepts = operation !== undefined || resource.name === operations.name;
  const answer = accepts
    ? { 202: accepted() }
    : from === undefined
      ? { 201: created(schema) }
      : { 200: done(schema) };
  return {
    method: 'post',
    path: actionPath(action),
    operationId: `${resource.name}.${name}`,
    tag: resource.name,
    summary,
    description: movesOf(action),
    kind: 'write',
    scope,
    parameters: [
      ...(from === undefined ? [] : [idOf(resource)]),
      parameter('IdempotencyKey'),
      ...(from === undefined || versionless ? [] : [parameter('IfMatch')]),
      parameter('ApiVersion'),
    ],
    body: ref('schemas', inputName(action)),
    responses: answer,
    problems: problemsOfAction(action, transitions),
    ...(extension && { touches: [...new Set(extension.touches.map(({ resource: { name } }) => name))] }),
  };
}
