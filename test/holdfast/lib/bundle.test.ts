import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

const ACTIONS = 'functions/actions';

// esbuild does not run inside jest's VM. Builds every bundle into the folder given, the authorizer's into another one at
// another depth too, and prints what each is made of and which environment its template gives it.
const BUILD = `
import { join } from 'node:path';
import { build } from 'esbuild';
const outdir = process.argv[1];
const { synthesize } = await import(process.cwd() + '/lib/holdfast/synthesis/synthesize.ts');
const { bundleOptions } = await import(process.cwd() + '/lib/holdfast/cdk/bundles/bundle.ts');
const { allEntries } = await import(process.cwd() + '/lib/holdfast/cdk/bundles/function-entry.ts');
const { loadRegistry } = await import(process.cwd() + '/lib/holdfast/service/registry.ts');
const { buildSite } = await import(process.cwd() + '/lib/holdfast/site/site.ts');
const registry = await loadRegistry();
const site = await buildSite(registry);
const entries = allEntries(registry);
const { metafile } = await build({ ...bundleOptions(entries, { outdir, mode: 'deploy', site }), metafile: true });
const elsewhere = join(outdir, 'at/another/depth');
const authorizer = entries.filter(({ name }) => name === 'authorizer');
await build(bundleOptions(authorizer, { outdir: elsewhere, mode: 'deploy', site }));
const { stacks } = await synthesize({ stage: 'production' });
const all = stacks.flatMap(({ template }) => Object.values(template.Resources));
const functions = all.filter(({ Type }) => Type === 'AWS::Lambda::Function');
const JOINED = { TOKEN_RULES: '{"issuer":"i","jwksUri":"https://i.example/jwks","clients":{},"scopePrefix":""}' };
const outputs = Object.entries(metafile.outputs);
console.log(JSON.stringify(functions.map(({ Metadata: { holdfast: { name } }, Properties }) => {
  const [, { inputs, bytes }] = outputs.find(([file]) => file.endsWith('/' + name + '/index.mjs'));
  const environment = Object.entries(Properties.Environment.Variables).map(([variable, value]) => [
    variable,
    typeof value === 'string' ? value : (JOINED[variable] ?? '{}'),
  ]);
  return { name, inputs: Object.keys(inputs), bytes, environment: Object.fromEntries(environment) };
})));
`;

interface Bundle {
  readonly name: string;
  /** Paths from the root of the repository. */
  readonly inputs: readonly string[];
  readonly bytes: number;
  readonly environment: Readonly<Record<string, string>>;
}

let outdir: string;
let bundles: readonly Bundle[];
beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), 'holdfast-bundle-test-'));
  const args = ['--no-warnings', '--input-type=module', '--eval', BUILD, outdir];
  const { stdout } = await run('node', args, { cwd: ROOT, maxBuffer: 2 ** 26 });
  bundles = JSON.parse(stdout);
});
afterAll(() => rm(outdir, { recursive: true, force: true }));

/** Folders of the packages in a bundle, nested ones by their full path. */
const packagesOf = ({ inputs }: Bundle): readonly string[] => {
  const folders = inputs.map(
    (input) => /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(input)?.[0],
  );
  return [...new Set(folders.filter((folder) => folder !== undefined))];
};

/** By licence, every package that runs in a Lambda. */
const PERMISSIVE = {
  'Apache-2.0': [
    '@aws-sdk/client-dynamodb',
    '@aws-sdk/client-dynamodb-streams',
    '@aws-sdk/client-secrets-manager',
    '@aws-sdk/client-sfn',
    '@aws-sdk/core',
    '@aws-sdk/credential-provider-env',
    '@aws-sdk/dynamodb-codec',
    '@aws-sdk/endpoint-cache',
    '@aws-sdk/middleware-endpoint-discovery',
    '@aws-sdk/util-dynamodb',
    '@aws/lambda-invoke-store',
    '@smithy/core',
    '@smithy/node-http-handler',
    '@smithy/signature-v4',
    '@smithy/types',
    'canonicalize',
  ],
  MIT: ['@middy/core', 'jose', 'mnemonist', 'obliterator', 'zod'],
  'MIT-0': ['@aws-lambda-powertools/commons', '@aws-lambda-powertools/idempotency'],
  'MIT or MPL-2.0': ['ibantools'],
};

const nameOf = (folder: string) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);

describe('a bundle', () => {
  test('holds its own action and no other', async () => {
    const files = await readdir(join(ROOT, ACTIONS), { recursive: true });
    const own = files
      .filter((file) => file.endsWith('.ts') && !file.endsWith('/resource.ts'))
      .map((file) => [file.replace('/', '-').replace('.ts', ''), [`${ACTIONS}/${file}`]] as const);
    const isAction = (input: string) =>
      input.startsWith('functions/actions/') && !input.endsWith('/resource.ts');

    const held = bundles.map(({ name, inputs }) => [name, inputs.filter(isAction)] as const);

    expect(Object.fromEntries(held)).toEqual({
      ...Object.fromEntries(bundles.map(({ name }) => [name, []])),
      ...Object.fromEntries(own),
    });
  });

  test('holds nothing of what builds, tests or starts', () => {
    const foreign = bundles.flatMap(({ inputs }) =>
      inputs.filter((input) => /^(bin|lib|test)\/(?!holdfast\/(index\.ts$|core\/|runtime\/))/.test(input)),
    );

    expect(foreign).toEqual([]);
  });

  test('holds no check of a definition, which has passed before it was bundled', async () => {
    const checks = await Promise.all(
      bundles.map(async ({ name }) => {
        const text = await readFile(join(outdir, name, 'index.mjs'), 'utf8');
        // What comes before a match is taken afterwards: looked for with it, it takes seconds in a line of 400 KB.
        const found = text.matchAll(/rename it and its file|is not kebab case|choose another code/g);
        return [...found].map(({ 0: words, index }) => text.slice(Math.max(0, index - 60), index) + words);
      }),
    );

    expect(checks.flat()).toEqual([]);
  });

  // They are one public name for that: members of `money`, which most bundles hold, would come along with each.
  test('holds none of the arithmetic of amounts where its action does not calculate', () => {
    const calculating = bundles.filter(({ inputs }) =>
      inputs.some((input) => /core\/money\/(?!money|minor-units)/.test(input)),
    );

    expect(calculating.map(({ name }) => name)).toEqual([]);
    expect(bundles.flatMap(({ inputs }) => inputs)).toContain('lib/holdfast/core/money/money.ts');
  });

  test('holds no way to credentials but the environment, where Lambda puts them', () => {
    const providers = new Set(
      bundles.flatMap(packagesOf).filter((folder) => folder.includes('credential-provider')),
    );
    const clients = new Set(
      bundles.flatMap(packagesOf).filter((folder) => /client-|nested-clients/.test(folder)),
    );

    expect([...providers].map(nameOf)).toEqual(['@aws-sdk/credential-provider-env']);
    expect([...clients].map(nameOf).sort()).toEqual([
      '@aws-sdk/client-dynamodb',
      '@aws-sdk/client-dynamodb-streams',
      '@aws-sdk/client-secrets-manager',
      '@aws-sdk/client-sfn',
    ]);
  });

  test('holds no JMESPath, no event streams and no JSON Schema, which its packages import and nothing calls', () => {
    const part =
      /powertools\/jmespath|dist-es\/submodules\/event-streams|core\/(?:to-json-schema|json-schema-processors)\.js/;
    const unused = bundles.flatMap(({ inputs }) =>
      inputs.filter((input) => !input.startsWith('no-') && part.test(input)),
    );

    expect(unused).toEqual([]);
  });

  test('is read by V8 as one byte for each character', async () => {
    const texts = await Promise.all(
      bundles.map(({ name }) => readFile(join(outdir, name, 'index.mjs'), 'latin1')),
    );

    expect(texts.filter((text) => /[^\0-\x7f]/.test(text))).toEqual([]);
  });

  test('holds only packages that package.json ships', async () => {
    const { packages } = JSON.parse(await readFile(join(ROOT, 'package-lock.json'), 'utf8'));

    const strays = [...new Set(bundles.flatMap(packagesOf))].filter(
      (folder) => packages[folder] === undefined || packages[folder].dev || packages[folder].devOptional,
    );

    expect(strays).toEqual([]);
  });

  // Whoever deploys ships these to their own account: a package or a licence that is new here is looked at first.
  test('holds these packages, each under a licence that asks for no more than its notice', async () => {
    const folders = [...new Set(bundles.flatMap(packagesOf))].sort();
    const licences = await Promise.all(
      folders.map(async (folder) => {
        const { license } = JSON.parse(await readFile(join(ROOT, folder, 'package.json'), 'utf8'));
        return [nameOf(folder), license] as const;
      }),
    );

    expect(Object.groupBy(licences, ([, licence]) => licence)).toEqual(
      Object.fromEntries(
        Object.entries(PERMISSIVE).map(([licence, names]) => [licence, names.map((name) => [name, licence])]),
      ),
    );
  });

  // powertools-ts#2517: with a library there twice, its own errors were not instances of its own classes.
  test('holds each package once', () => {
    const twice = bundles.map((bundle) => {
      const names = packagesOf(bundle).map(nameOf);
      return names.filter((name, i) => names.indexOf(name) !== i);
    });

    expect(twice.flat()).toEqual([]);
  });

  // Bytes are paid for with every cold start: docs/decisions/bundle-budgets.md says what each budget was raised for.
  test.each([
    ['payouts-approve', 364_000],
    ['payouts-create', 364_000],
    ['payouts-get', 307_000],
    ['payouts-list', 309_000],
    ['partner-bank', 382_000],
    ['history-refill', 205_000],
    ['problems', 128_000],
    ['authorizer', 25_000],
  ])('of %s has less than %d bytes', (name, budget) => {
    const { bytes } = bundles.find((bundle) => bundle.name === name) ?? { bytes: Number.NaN };

    expect(bytes).toBeLessThan(budget);
  });

  // aws-cdk#29310, aws-cdk#21329: an ES module whose CommonJS dependency called require failed when Lambda loaded it.
  // To import node:http loads undici and HTTP/2, which takes most of a cold start: lib/holdfast/runtime/partners/node-http.ts.
  test('is imported outside the repository, in the environment of its template, exports a handler, and loads undici only where it fetches', async () => {
    const imports = `import(process.argv[1]).then(({ handler }) => {
      console.log(typeof handler, process.moduleLoadList.some((each) => each.includes('undici/undici')));
    })`;

    const told = await Promise.all(
      bundles.map(async ({ name, environment }) => {
        const env = { PATH: process.env.PATH, AWS_REGION: 'eu-central-1', ...environment };
        const { stdout, stderr } = await run('node', ['--eval', imports, join(outdir, name, 'index.mjs')], {
          cwd: outdir,
          env,
        });
        return { name, stdout: stdout.trim(), stderr };
      }),
    );

    // The authorizer fetches the issuer's keys, so it needs undici.
    expect(told).toEqual(
      bundles.map(({ name }) => ({ name, stdout: `function ${name === 'authorizer'}`, stderr: '' })),
    );
  });

  // Aws-cdk#17706: the hash of an asset that holds paths of its machine differs on another one, and everything is
  // deployed anew.
  test('is the same bytes wherever it is built', async () => {
    const read = (folder: string) => readFile(join(outdir, folder, 'authorizer/index.mjs'), 'utf8');

    expect(await read('at/another/depth')).toBe(await read('.'));
  });

  test('is one file, which says in stacks what it is, by its content', async () => {
    const named = await Promise.all(
      bundles.map(async ({ name }) => {
        const text = await readFile(join(outdir, name, 'index.mjs'), 'utf8');
        const before = text.slice(0, text.lastIndexOf('//# sourceURL='));
        const digest = createHash('sha256').update(before).digest('hex').slice(0, 12);
        return [await readdir(join(outdir, name)), text.slice(before.length), `${name}.${digest}`];
      }),
    );

    expect(named).toEqual(named.map(([, , name]) => [['index.mjs'], `//# sourceURL=${name}.mjs\n`, name]));
  });

  test('shows no path of the machine in its code', async () => {
    const codes = await Promise.all(
      bundles.map(({ name }) => readFile(join(outdir, name, 'index.mjs'), 'utf8')),
    );

    expect(codes.filter((code) => code.includes(ROOT) || code.includes(outdir))).toEqual([]);
  });
});
