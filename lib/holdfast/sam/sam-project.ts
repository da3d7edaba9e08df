import { mkdir, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../cdk/bundles/bundle.ts';
import type { StackTemplate } from '../cdk/templates/templates.ts';
import type { Site } from '../core/site-file.ts';
import { functionDefinition, readFunctions } from '../local/functions/functions.ts';
import { type ResolvedResource, resolveResources } from '../template/template.ts';

/** What `sam local start-api` is started with. */
export interface SamProject {
  /** The API and its functions, flat, for `--template`. */
  readonly template: string;
  /** Environment of every function by its logical id, for `--env-vars`. */
  readonly environment: string;
  /** Ports of this machine that the functions call. */
  readonly ports: readonly number[];
  /** A variable that every function has, and none of another run. */
  readonly mark: string;
}

/** What it is made from. */
export interface SamProjectProps {
  readonly stacks: readonly StackTemplate[];
  readonly site: Site;
  /** Endpoint of AWS on this machine. */
  readonly awsUrl: string;
  /** What containers call this machine. */
  readonly host: string;
  readonly folder: string;
}

/** All that SAM serves an API from. */
const API_TYPES = ['RestApi', 'Resource', 'Method', 'Authorizer', 'Stage'].map(
  (type) => `AWS::ApiGateway::${type}`,
);

/**
 * Writes the API of the templates as SAM reads it, and bundles its functions. SAM resolves few intrinsic functions and
 * no other stack's outputs, so that all are resolved here. It passes on only those variables that a template names,
 * which is why the template names all and the file of variables has their values.
 */
export async function writeSamProject({
  stacks,
  site,
  awsUrl,
  host,
  folder,
}: SamProjectProps): Promise<SamProject> {
  const functions = readFunctions(stacks, awsUrl);
  const bundles = join(folder, 'functions');
  const entries = functions.map(({ entry }) => entry);
  // Stacks are read here, and at once.
  await build({ ...bundleOptions(entries, { outdir: bundles, mode: 'deploy', site }), sourcemap: 'linked' });
  const platform = { endpoint: awsUrl, environment: { NODE_OPTIONS: '--enable-source-maps' } };
  const variables = Object.fromEntries(
    functions.map((each) => [each.resource.logicalId, functionDefinition(each, '', platform).environment]),
  );
  const Resources = Object.fromEntries([
    ...resolveResources(stacks, API_TYPES).map(({ logicalId, type, properties }) => [
      logicalId,
      { Type: type, Properties: rooted(properties) },
    ]),
    ...functions.map(({ entry, resource }) => [
      resource.logicalId,
      samFunction(resource, join(bundles, entry.name), variables[resource.logicalId] ?? {}),
    ]),
  ]);
  const project = { template: join(folder, 'template.json'), environment: join(folder, 'env.json') };
  await mkdir(folder, { recursive: true });
  await writeFile(project.template, JSON.stringify({ Resources }, undefined, 2));
  const text = JSON.stringify(variables, undefined, 2);
  const called = (value: string) => value.replaceAll('127.0.0.1', host);
  await writeFile(project.environment, called(text));
  const ports = [...text.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
  return { ...project, ports: [...new Set(ports)], mark: `AWS_ENDPOINT_URL=${called(awsUrl)}` };
}

function samFunction(
  { type, properties }: ResolvedResource,
  folder: string,
  variables: Readonly<Record<string, string>>,
) {
  const { Handler, Runtime, MemorySize, Timeout } = properties;
  return {
    Type: type,
    Properties: {
      Handler,
      Runtime,
      MemorySize,
      Timeout,
      Code: folder,
      // A container of another architecture would be emulated.
      Architectures: [arch() === 'arm64' ? 'arm64' : 'x86_64'],
      Environment: { Variables: Object.fromEntries(Object.keys(variables).map((name) => [name, ''])) },
    },
  };
}

/** SAM calls the root of an API `/`, whatever its attribute is called. */
const rooted = (properties: ResolvedResource['properties']) =>
  Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name,
      /\.RootResourceId$/.test(String(value)) ? '/' : value,
    ]),
  );
