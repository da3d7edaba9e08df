import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError, commands } from '../support/command.ts';
import { type PythonNeed, pythonEnvironment } from '../support/python.ts';
import { signIn } from '../support/service.ts';
import { liveDocuments } from './documents.ts';

const PACKAGES: PythonNeed = {
  command: 'npm run prove -- fuzz',
  purpose: 'schemathesis',
  requirements: join(import.meta.dirname, 'requirements.txt'),
  folder: 'schemathesis',
};

/** What of schemathesis's checks does not hold by contract, and why. Every other one is on. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  positive_data_acceptance:
    'what the schema allows is refused where IBAN, minor units, version or cursor are wrong, with the problem that says so',
  unsupported_method: 'API Gateway has no 405: a method that a path has not is 404 route-not-found',
  use_after_free: 'nothing is ever deleted',
};

/**
 * Statuses that a write without a header which it needs may have: 428 is what RFC 6585 says of If-Match, and whatever is
 * wrong besides, such as a key that came with another request, is told first.
 */
const WITHOUT_HEADER = [400, 401, 403, 404, 415, 422, 428];

/** What is run. */
export interface SchemathesisOptions {
  readonly url: string;
  readonly seed: number;
  /** Most cases of each operation in each phase. */
  readonly examples: number;
  readonly say: (line: string) => void;
}

interface Run {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Of path parameters. @default what the schema allows, which stands for nothing */
  readonly parameters?: Readonly<Record<string, string>>;
}

/**
 * Runs schemathesis over the document of each version: with a token of every scope, with it on what is there, and without a
 * token. Whether it has found nothing; what it says where it has.
 */
export async function runSchemathesis({ url, seed, examples, say }: SchemathesisOptions): Promise<boolean> {
  await using closing = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-fuzz-'));
  closing.defer(() => rm(folder, { recursive: true, force: true }));
  const command = commands(new AbortController().signal);
  const program = await pythonEnvironment(command, PACKAGES);
  for (const [check, why] of Object.entries(LEFT_OUT)) say(`schemathesis: without ${check}: ${why}`);
  let passed = true;
  for (const [version, document] of await liveDocuments(url)) {
    const file = join(folder, `${version}.json`);
    await writeFile(file, JSON.stringify(document));
    for (const { name, headers, parameters = {} } of await runsOf(url, version)) {
      const config = join(folder, 'schemathesis.toml');
      await writeFile(config, configuration(parameters));
      const args = [
        `--config-file=${config}`,
        'run',
        file,
        `--url=${url}`,
        ...Object.entries(headers).flatMap(([header, value]) => ['--header', `${header}: ${value}`]),
        '--checks=all',
        `--exclude-checks=${Object.keys(LEFT_OUT).join(',')}`,
        `--seed=${seed}`,
        `--max-examples=${examples}`,
        '--continue-on-failure',
        '--generation-database=none',
        '--no-color',
        '--warnings=off',
        // A service that hangs is a finding; `Prefer: wait` waits for 20 s at most.
        '--request-timeout=30',
      ];
      const told = await command(program('st'), args, { cwd: folder }).catch((error) => {
        if (!(error instanceof CommandError)) throw error;
        passed = false;
        return error.message;
      });
      const [, cases = '0 generated'] = /Test cases:\s+(.*)/.exec(told) ?? [];
      say(`schemathesis: ${version}, ${name}: ${cases}`);
      if (!/^\d+ generated, \d+ passed(?:, \d+ skipped)?$/.test(cases)) {
        passed = false;
        say(told.slice(Math.max(0, told.indexOf('= FAILURES ='))));
      }
    }
  }
  return passed;
}

const configuration = (parameters: Readonly<Record<string, string>>) =>
  [
    '[checks.missing_required_header]',
    `expected-statuses = ${JSON.stringify(WITHOUT_HEADER)}`,
    '[parameters]',
    ...Object.entries(parameters).map(([name, value]) => `"path.${name}" = ${JSON.stringify(value)}`),
  ].join('\n');

/** A version that is not the stage's own has to be named, or another one answers. */
async function runsOf(url: string, version: string): Promise<readonly Run[]> {
  const tenant = `schemathesis-${version}`;
  const scopes = 'payouts:* operations:*';
  const [alice, bob] = await Promise.all([
    signIn(url, { subject: 'alice', tenant, scopes }),
    signIn(url, { subject: 'bob', tenant, scopes }),
  ]);
  const approved = await bob.act('approve', await alice.act('submit', await alice.create()));
  const operation = await alice.act('disburse', approved);
  const draft = await alice.create();
  const named = { 'API-Version': version };
  const token = { ...named, Authorization: `Bearer ${alice.token}` };
  return [
    { name: 'any ids', headers: token },
    {
      name: 'a draft and an operation that are there',
      headers: token,
      parameters: { payoutId: String(draft.json.id), operationId: String(operation.json.id) },
    },
    { name: 'without a token', headers: named },
  ];
}
