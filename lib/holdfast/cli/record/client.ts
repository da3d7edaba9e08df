import { dereferenced } from '../../contract/document/document.ts';
import { camel } from '../../core/kebab-case.ts';
import { openApiDocument } from '../../openapi/document.ts';
import { nodesOf, type OpenApiDocument } from '../../openapi/schemas/node.ts';
import { service } from '../../service/project.ts';
import type { Registry } from '../../service/registry.ts';
import { contractTypes } from './contract-types.ts';
import { formatted } from './formatted.ts';

/** A service's whole client. */
export const CLIENT_FILE = 'lib/recorded/client.ts';

/** The kit's client, of the contract that follows in its file. */
const CLIENT = `// Written by npm run record.

import * as kit from 'holdfast/client';

export { type CallOptions, type ClientOptions, NoAnswerError } from 'holdfast/client';

/** Every operation of the document: \`payouts.approve\`. */
export type OperationId = keyof operations;

/** What a call comes to. */
export type Result<Id extends OperationId> = kit.Result<operations, Id>;

/** Every problem that an operation of the document may answer, told apart by \`code\`. */
export type ProblemOf<Id extends OperationId> = kit.ProblemOf<operations, Id>;

/** An operation, as it is read. */
export type Operation = kit.Operation<operations>;

/** An operation that was accepted, to be waited for. */
export type OperationHandle = kit.OperationHandle<operations>;

export type Client = kit.Client<operations, typeof routes>;

/** A client of this service. */
export const createClient = (options: kit.ClientOptions): Client =>
  kit.createClient({ version: API_VERSION, routes }, options);
`;

/** The file of the typed client: what the kit's own does not know of the contract. */
export async function clientText(registry: Registry): Promise<string> {
  const document = openApiDocument(registry, service.apiVersion);
  return formatted(CLIENT_FILE, [CLIENT, routesText(document), contractTypes(document)].join('\n'));
}

/** A route of the document, as far as the client needs to know it. */
interface Route {
  readonly path: string;
  readonly method: string;
  readonly operationId: string;
  readonly summary: string;
  readonly security: readonly unknown[];
  readonly parameters?: readonly { readonly in: string }[];
  readonly requestBody?: unknown;
}

/** Every operation that takes a token: where it is, and where its input goes. */
function routesText(document: OpenApiDocument): string {
  const paths = nodesOf(dereferenced(document).paths);
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(nodesOf(methods)).map(([method, node]) => ({ path, method, ...node }) as unknown as Route),
  );
  const withToken = all.filter(({ security }) => security.length > 0);
  const resources = [...Map.groupBy(withToken, ({ operationId }) => operationId.replace(/\..*/, ''))];
  return `/** The version of the contract that the client speaks. */
export const API_VERSION = '${service.apiVersion}';

/** Where each operation of the document is, and where its input goes. */
export const routes = {
${resources.map(([resource, routes]) => `${camel(resource)}: {\n${routes.map(routeText).join('\n')}\n},`).join('\n')}
} as const;
`;
}

function routeText({ path, method, operationId, summary, parameters = [], requestBody }: Route): string {
  if (JSON.stringify(requestBody ?? {}).includes('"ifMatch":'))
    throw new Error(
      `'ifMatch' is reserved by the client for the ETag; rename this input member of '${operationId}'`,
    );
  const query = parameters.some((parameter) => parameter.in === 'query') ? "'query'" : 'undefined';
  const takes = requestBody === undefined ? query : "'body'";
  return `/** ${summary} */
${camel(operationId.replace(/.*\./, ''))}: { id: '${operationId}', method: '${method}', path: '${path}', takes: ${takes} },`;
}
