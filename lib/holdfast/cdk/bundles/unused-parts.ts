import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/** A module that packages import and no function can ever use, and what stands in its place. */
interface UnusedPart {
  readonly name: string;
  /** What is imported. */
  readonly filter: RegExp;
  /** Who imports it: what a service imports by itself is its own. */
  readonly importer: RegExp;
  readonly contents: string | ((file: string) => Promise<string>);
}

/** Source of what is called in the place of what was left out. */
const refusal = (what: string) => {
  const said = `${what} is left out of bundles (lib/holdfast/cdk/bundles/unused-parts.ts)`;
  return `const leftOut = () => { throw new Error(${JSON.stringify(said)}); };`;
};

/** A module of the same names, each of which throws. */
const refusing =
  (what: string) =>
  async (file: string): Promise<string> => {
    const names = Object.keys(await import(pathToFileURL(file).href));
    return [refusal(what), ...names.map((name) => `export const ${name} = leftOut;`)].join('\n');
  };

/** Its schemas, as definitions import them. */
const ZOD = /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/;

/**
 * What bundles leave out of the packages that they are made of: a fifth of their bytes, each of which is compiled in a cold
 * start. What is called all the same says that it was left out.
 */
const UNUSED: readonly UnusedPart[] = [
  {
    // In Lambda, credentials come from the environment alone. The default chain also carries clients for SSO, STS, sign-in
    // and instance metadata.
    name: 'environment-credentials',
    filter: /^@aws-sdk\/credential-provider-node$/,
    importer: /./,
    contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
  },
  {
    // No service that functions call streams events. The SDK imports this when one does, by `import()`, for which esbuild
    // would wrap every module of it, and drop nothing of any of them that is unused.
    name: 'no-event-streams',
    filter: /^@smithy\/core\/event-streams$/,
    importer: /@smithy[\\/]core[\\/].*HttpProtocol/,
    contents: `${refusal('the code for event streams')} leftOut();`,
  },
  {
    // Powertools finds keys in events by JMESPath. Ours are handed to it as they are.
    name: 'no-jmespath',
    filter: /^@aws-lambda-powertools\/jmespath(?:\/functions)?$/,
    importer: /@aws-lambda-powertools[\\/]idempotency[\\/]/,
    contents: `${refusal('JMESPath')}
export class PowertoolsFunctions {}
export const search = leftOut;`,
  },
  {
    // JSON Schema is made of schemas when a service is built. Functions only validate.
    name: 'no-json-schema',
    filter: /^\.\.\/core\/json-schema-processors\.js$/,
    importer: ZOD,
    contents: refusing('JSON Schema'),
  },
  {
    // Every schema has methods that make it. `~standard` makes them when it is read, so they throw only when called.
    name: 'no-json-schema-methods',
    filter: /^\.\.\/core\/to-json-schema\.js$/,
    importer: ZOD,
    contents: `${refusal('JSON Schema')}
export const createToJSONSchemaMethod = () => leftOut;
export const createStandardJSONSchemaMethod = () => leftOut;`,
  },
];

/** One plugin for each, by its name. */
export const unusedParts: readonly Plugin[] = UNUSED.map(({ name, filter, importer, contents }) => ({
  name,
  setup(build) {
    build.onResolve({ filter }, ({ path, importer: by, resolveDir }) =>
      importer.test(by)
        ? {
            path: typeof contents === 'string' ? name : join(resolveDir, path),
            namespace: name,
            pluginData: resolveDir,
          }
        : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: name }, async ({ path, pluginData: resolveDir }) => ({
      contents: typeof contents === 'string' ? contents : await contents(path),
      resolveDir,
    }));
  },
}));
