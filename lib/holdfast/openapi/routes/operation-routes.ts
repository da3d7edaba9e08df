import { collectionPath, resourcePath } from '../../core/definitions/routes.ts';
import { operations } from '../../core/operations/operations.ts';
import type { RegisteredResource } from '../../service/registry.ts';
import { notFound, problemsOfList } from '../problems/possible-problems.ts';
import { json, listSchema } from '../schemas/answers.ts';
import { responseHeadersOf } from '../schemas/headers.ts';
import { outputSchema } from '../schemas/json-schema.ts';
import { type Node, ref } from '../schemas/node.ts';
import { operationSchema } from '../schemas/schemas-of.ts';
import type { RouteSpec } from './operation.ts';
import { filter, parameter } from './parameters.ts';
import { actionRoute, idOf, inputSchemas } from './resource-routes.ts';

/** The schemas of the kit's own resource. */
export const operationSchemas = ({ definition, actions }: RegisteredResource): Node => ({
  Operation: outputSchema(operationSchema(definition)),
  OperationList: listSchema('Operation'),
  ...inputSchemas(actions),
});

/** Every route of operations. */
export function operationRoutes({ definition, actions }: RegisteredResource): readonly RouteSpec[] {
  const { name: tag, singular, states } = definition;
  const scope = 'operations:read';
  return [
    {
      method: 'get',
      path: collectionPath(operations),
      operationId: 'operations.list',
      tag,
      summary: 'List operations, newest first.',
      kind: 'list',
      scope,
      parameters: [
        filter('state', 'Those in this state alone.', { type: 'string', enum: states }),
        filter('resource', 'Those on the resource of this id alone.', { type: 'string' }),
        parameter('Limit'),
        parameter('Cursor'),
        parameter('ApiVersion'),
      ],
      responses: { 200: json('A page.', ref('schemas', 'OperationList')) },
      problems: problemsOfList(definition),
    },
    {
      method: 'get',
      path: resourcePath(operations),
      operationId: 'operations.get',
      tag,
      summary: 'Read what an operation has come to.',
      description: 'Kept for 30 days after its end.',
      kind: 'read',
      scope,
      parameters: [idOf(operations), parameter('Prefer'), parameter('IfNoneMatch'), parameter('ApiVersion')],
      responses: {
        200: json(
          'It, its ETag, and when to ask again while it is not final.',
          ref('schemas', 'Operation'),
          ['ETag'],
          ['Retry-After'],
        ),
        304: {
          description: 'It is as the ETag in If-None-Match says.',
          headers: responseHeadersOf(['ETag'], ['Retry-After']),
        },
      },
      problems: [notFound(singular)],
    },
    ...actions.map(({ definition: action }) => actionRoute(action, [])),
  ];
}
