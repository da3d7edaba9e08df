import { writeFile } from 'node:fs/promises';
import type { Resource } from '../core/definitions/define-resource.ts';
import { operations } from '../core/operations/operations.ts';
import { mintToken } from '../local/issuer.ts';
import { nodeOf } from '../openapi/schemas/node.ts';
import { service } from '../service/project.ts';
import { loadRegistry, problemsOf, type Registry } from '../service/registry.ts';
import { styleSheet } from '../site/style-sheet.ts';
import { UsageError } from './command/command.ts';
import type {
  Case,
  Entry,
  History,
  Refusal,
  ResourceCase,
  ShownOperation,
  ShownResource,
} from './operation/case.ts';
import { explain } from './operation/explain.ts';
import { MASK, membersInWords } from './operation/masked.ts';
import { asHtml } from './operation/rendered/as-html.ts';
import { asText } from './operation/rendered/as-text.ts';
import { ask, serviceUrl } from './service-options.ts';
import { stageToken } from './stage-token.ts';
import { claimedName } from './token.ts';

/** Which service is asked, as whom, and what of it is shown. */
interface ShowOptions {
  readonly url: string | undefined;
  readonly stage: string | undefined;
  readonly tenant: string;
  readonly token: string | undefined;
  readonly client: string | undefined;
  readonly code: string | undefined;
  readonly html: string | undefined;
  readonly unmasked: boolean;
}

interface Page {
  readonly items: readonly Entry[];
  readonly completeToVersion: number;
  readonly currentVersion: number;
  /** Where the page after this one begins. */
  readonly next?: string;
}

/** Reads one path with a token of one scope. */
type Read = <T>(path: string, scope: string) => Promise<T>;

/**
 * `npm run operation -- show ID`: what is known of an operation, a resource or a refused request, in sentences for support.
 * @throws UsageError for what is no id or no code; Error with the problem that the API answered, or the name of the service
 * that did not
 */
export async function showOperation(
  id: string,
  options: ShowOptions,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const registry = await loadRegistry();
  const refusal = refusalOf(options.code, registry);
  const url = await serviceUrl(options, environment);
  const about = await subjectOf(id, registry, reader(url, options), options.unmasked);
  const explanation = explain(
    {
      about,
      definition: about.kind === 'operation' ? definitionOf(about.operation, registry) : undefined,
      refusal,
      versions: [...registry.versions.map(({ definition }) => definition), { version: service.apiVersion }],
      url,
      stage: options.stage,
    },
    new Date(),
  );
  print(asText(explanation));
  if (options.html === undefined) return;
  await writeFile(options.html, asHtml(explanation, await styleSheet(), service.title));
  print(`\nwrote ${options.html}`);
}

const definitionOf = ({ action, resource: { type } }: ShownOperation, { resources }: Registry) =>
  resources
    .find(({ definition }) => definition.name === type)
    ?.actions.find(({ definition }) => definition.name === action)?.definition.operation;

/** The problem of a code, as the customer's error body or screen has it. */
function refusalOf(code: string | undefined, { resources }: Registry): Refusal | undefined {
  if (code === undefined) return undefined;
  const rows = problemsOf({ resources });
  const row = rows.get(code);
  if (row === undefined)
    throw new UsageError(
      `--code is '${code}'; give the code of an error body: ${[...rows.keys()].join(', ')}`,
    );
  return { code, row };
}

/** What an id names: what stands before its underscore says so; an id of a request is a UUID, alone or in a URN. */
async function subjectOf(
  id: string,
  { resources }: Registry,
  read: Read,
  unmasked: boolean,
): Promise<Case['about']> {
  const [, request] =
    /^(?:urn:[^:]+:request:)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i.exec(id) ?? [];
  if (request !== undefined) return { kind: 'request', id: request };
  const [prefix = ''] = id.split('_');
  const definitions = resources.map(({ definition }) => definition);
  if (prefix === operations.idPrefix) {
    const operation = await read<ShownOperation>(`/operations/${encodeURIComponent(id)}`, 'operations:read');
    const { type, id: resourceId } = operation.resource;
    const definition = definitions.find(({ name }) => name === type);
    if (definition === undefined)
      throw new Error(
        `${id} is about ${type}, which this checkout does not have; use that of the stage's release`,
      );
    return {
      kind: 'operation',
      operation,
      resource: await resourceOf(definition, resourceId, read, unmasked),
    };
  }
  const definition = definitions.find(({ idPrefix }) => idPrefix === prefix);
  if (definition !== undefined)
    return { kind: 'resource', resource: await resourceOf(definition, id, read, unmasked) };
  const prefixes = [operations, ...definitions].map(
    ({ idPrefix, singular }) => `${idPrefix}_… of ${singular}`,
  );
  throw new UsageError(
    `'${id}' names nothing; give ${prefixes.join(', ')}, or the id of a request (instance of an error body)`,
  );
}

async function resourceOf(
  definition: Resource,
  id: string,
  read: Read,
  unmasked: boolean,
): Promise<ResourceCase> {
  const { name, singular } = definition;
  const href = `/${name}/${id}`;
  const shown = await read<ShownResource & Readonly<Record<string, unknown>>>(
    `/${name}/${encodeURIComponent(id)}`,
    `${name}:read`,
  );
  return {
    shown,
    singular,
    href,
    members: membersInWords(definition, shown, unmasked),
    history: await historyOf(href, `${name}:read`, read, unmasked),
  };
}

async function historyOf(href: string, scope: string, read: Read, unmasked: boolean): Promise<History> {
  const entries: Entry[] = [];
  let isComplete = true;
  for (let after: string | undefined = '0'; after !== undefined; ) {
    const page: Page = await read(`${href}/history?after=${after}`, scope);
    entries.push(...page.items);
    isComplete = page.completeToVersion === page.currentVersion;
    after = page.next;
  }
  // A note is what a person wrote, as free as any member of the resource; evidence is written to be read by support.
  const masked = entries.map((entry) => (entry.note === undefined ? entry : { ...entry, note: MASK }));
  return { entries: unmasked ? entries : masked, isComplete };
}

function reader(url: string, options: ShowOptions): Read {
  return async <T>(path: string, scope: string): Promise<T> => {
    const headers = { Authorization: `Bearer ${await tokenFor(scope, options)}` };
    const response = await ask(url, path, { headers });
    const body: unknown = await response.json().catch(() => undefined);
    if (response.ok && body !== undefined) return body as T;
    const { title, code, detail, help } = nodeOf(body);
    if (code === undefined)
      throw new Error(
        `${url}${path} answered ${response.status}, and no problem of the contract; is it the service?`,
      );
    throw new Error(`${path}: ${title} (${code}); ${detail ?? help}`);
  };
}

/** Each request is made with the scope that it needs, and no other, where the token is made here. */
const tokenFor = async (scope: string, { token, stage, tenant, client }: ShowOptions): Promise<string> => {
  if (token !== undefined) return token;
  if (stage !== undefined) return stageToken(stage, client);
  return mintToken({ tenant: claimedName('tenant', tenant), subject: 'support', scopes: scope });
};
