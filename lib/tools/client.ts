import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { NEWEST_API_VERSION } from '../../functions/core/api-version.ts';
import { dereferenced } from '../contract/document.ts';
import { openApiDocument } from '../openapi/document.ts';
import { camel, type OpenApiDocument } from '../openapi/node.ts';
import { loadRegistry } from '../registry.ts';
import { ROOT } from '../root.ts';

const HEAD = '// Written by npm run client.\n\n';

/**
 * `npm run client`: writes what the typed client knows of the contract. With `--check` it writes nothing, and fails where that
 * would change anything.
 * @returns exit status
 */
export async function clientCommand(args: readonly string[], print: (line: string) => void): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { check: { type: 'boolean' } } });
  const document = openApiDocument(await loadRegistry(), NEWEST_API_VERSION);

  const texts = {
    'lib/client/contract.ts': await contractText(document),
    'lib/client/routes.ts': routesText(document),
  };
  for (const [path, raw] of Object.entries(texts)) {
    const text = formatted(path, HEAD + raw);
    if (!values.check) await writeFile(join(ROOT, path), text);
    else if ((await readFile(join(ROOT, path), 'utf8')) !== text) {
      print(`${path} is not what the contract says; npm run client writes it`);
      return 1;
    }
  }
  return 0;
}

/** The document's types. */
async function contractText(document: OpenApiDocument): Promise<string> {
  // openapi-typescript builds on the compiler's API, which TypeScript 7 no longer has; ts-morph's package holds one that does.
  registerHooks({
    resolve: (specifier, context, next) =>
      next(specifier === 'typescript' ? '@ts-morph/common/dist/typescript.js' : specifier, context),
  });
  const { default: openapiTypes, astToString } = await import('openapi-typescript');
  return astToString(await openapiTypes(JSON.parse(JSON.stringify(document)), { silent: true }));
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
  const { paths } = dereferenced(document) as OpenApiDocument;
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, node]) => ({ path, method, ...node }) as unknown as Route),
  );
  const withToken = all.filter(({ security }) => security.length > 0);
  const resources = [...Map.groupBy(withToken, ({ operationId }) => operationId.replace(/\..*/, ''))];
  return `/** The version of the contract that the client speaks. */
export const API_VERSION = '${NEWEST_API_VERSION}';

/** Where each operation of the document is, and where its input goes. */
export const routes = {
${resources.map(([resource, routes]) => `${camel(resource)}: {\n${routes.map(routeText).join('\n')}\n},`).join('\n')}
} as const;
`;
}

function routeText({ path, method, operationId, summary, parameters = [], requestBody }: Route): string {
  if (JSON.stringify(requestBody ?? {}).includes('"ifMatch":'))
    throw new Error(
      `'${operationId}' takes 'ifMatch', as which the client takes the ETag; rename the member`,
    );
  const query = parameters.some((parameter) => parameter.in === 'query') ? "'query'" : 'undefined';
  const takes = requestBody === undefined ? query : "'body'";
  return `/** ${summary} */
${camel(operationId.replace(/.*\./, ''))}: { id: '${operationId}', method: '${method}', path: '${path}', takes: ${takes} },`;
}

/** As Biome formats it. */
function formatted(path: string, text: string): string {
  const { status, stdout, stderr } = spawnSync('biome', ['format', `--stdin-file-path=${path}`], {
    cwd: ROOT,
    input: text,
    encoding: 'utf8',
    maxBuffer: 2 ** 24,
  });
  if (status !== 0) throw new Error(`biome could not format ${path}: ${stderr}`);
  return stdout;
}
