import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { synthesizeLocal } from '../../../lib/holdfast/local/synth.ts';
import { openApiDocument } from '../../../lib/holdfast/openapi/document.ts';
import {
  GATEWAY_DEFAULTS,
  GATEWAY_PROBLEMS,
} from '../../../lib/holdfast/openapi/problems/gateway-problems.ts';
import type { OpenApiDocument } from '../../../lib/holdfast/openapi/schemas/node.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { loadRegistry, problemsOf, type Registry } from '../../../lib/holdfast/service/registry.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import service from '../../../lib/service.ts';

const run = promisify(execFile);

let folder: string;
let registry: Registry;
let document: OpenApiDocument;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-openapi-'));
  registry = await loadRegistry();
  document = openApiDocument(registry, service.apiVersion);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Operation {
  readonly operationId: string;
  readonly security: readonly object[];
  readonly parameters?: readonly { readonly $ref?: string; readonly name?: string }[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}

const operations = (of = document): readonly (Operation & { readonly route: string })[] =>
  Object.entries(of.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...(operation as unknown as Operation),
      route: `${method.toUpperCase()} ${path}`,
    })),
  );

const operationOf = (id: string) => operations().find(({ operationId }) => operationId === id) as Operation;

/** Codes that an operation says it may answer: those of its examples. */
function codesOf({ responses }: Operation): readonly string[] {
  const named = (reference: string) => document.components.responses?.[reference.split('/').at(-1) ?? ''];
  return Object.values(responses).flatMap((response) => {
    const { content = {} } = (response.$ref === undefined ? response : named(response.$ref)) as {
      content?: Record<string, { examples?: object }>;
    };
    return Object.keys(content['application/problem+json']?.examples ?? {});
  });
}

describe('the OpenAPI document', () => {
  test('has nothing that the recommended rules of Redocly find fault with', async () => {
    const file = join(folder, 'openapi.json');
    // That of a stage with everything that only some stages have.
    const whole = openApiDocument(registry, service.apiVersion, stageConfig('local'));
    await writeFile(file, JSON.stringify(whole));

    const { stdout } = await run('redocly', ['lint', '--extends', 'recommended', '--format', 'json', file], {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });

    expect(JSON.parse(stdout)).toMatchObject({
      totals: { errors: 0, warnings: 0, ignored: 0 },
      problems: [],
    });
  });

  test.each([
    ['dev', false, () => synthesize({ stage: 'dev' })],
    ['local', true, () => synthesizeLocal({ jwksUri: '', partnersUrl: '' })],
  ])('describes every route of the template of stage %s, and no other', async (stage, status, templates) => {
    const { stacks } = await templates();
    const resources = stacks.flatMap(({ template }) => Object.values(template.Resources));
    const permissions = resources.filter(({ Type }) => Type === 'AWS::Lambda::Permission');
    const served = permissions.flatMap(({ Properties }) => {
      const [, method, path] = /\/(GET|POST)(\/[^"]*)"/.exec(JSON.stringify(Properties?.SourceArn)) ?? [];
      return method === undefined ? [] : [`${method} ${path}`];
    });

    const own = openApiDocument(registry, service.apiVersion, stageConfig(stage));
    const described = operations(own).map(({ route }) => route.replaceAll(/\{[^}]+\}/g, '*'));

    expect(described.sort()).toEqual(
      [...new Set(served), 'GET /health'].filter((r) => !r.includes('/docs')).sort(),
    );
    expect(described.includes('GET /status')).toBe(status);
  });

  test('asks for a key with every write, and for the version that was seen with every one on a resource', () => {
    const required = (id: string) =>
      operationOf(id).parameters?.flatMap(({ $ref = '' }) =>
        /(Key|IfMatch)$/.exec($ref) ? [$ref.split('/')[3]] : [],
      );

    expect(required('payouts.create')).toEqual(['IdempotencyKey']);
    expect(required('payouts.approve')).toEqual(['IdempotencyKey', 'IfMatch']);
    expect(required('operations.cancel')).toEqual(['IdempotencyKey']);
    expect(document.components.parameters).toMatchObject({
      IdempotencyKey: { required: true },
      IfMatch: { required: true },
      ApiVersion: { required: false },
    });
  });

  test('names the scope of every route with a token, and the one that holds it', () => {
    expect(operationOf('payouts.approve').security).toEqual([
      { bearer: ['payouts:approve'] },
      { bearer: ['payouts:*'] },
    ]);
    expect(operationOf('problems.list').security).toEqual([]);
    expect(operationOf('partners.callback').security).toEqual([]);
  });

  test('shows every problem of the table at some operation, and the gateway’s at each that needs a token', () => {
    const all = new Set(operations().flatMap(codesOf));
    const gateway = new Set([...Object.values(GATEWAY_PROBLEMS), ...Object.values(GATEWAY_DEFAULTS)]);

    const missing = operations()
      .filter(({ security }) => security.length > 0)
      .flatMap((operation) => {
        const codes = codesOf(operation);
        return [...gateway]
          .filter((code) => !codes.includes(code))
          .map((code) => `${operation.operationId} ${code}`);
      });

    expect([...all].sort()).toEqual([...problemsOf(registry).keys()].sort());
    // A read has no body that could be too large or of the wrong type.
    expect(missing.filter((each) => !/(request-too-large|unsupported-media-type)$/.test(each))).toEqual([]);
    expect(missing.filter((each) => /approve|create|cancel/.test(each))).toEqual([]);
  });

  test('shows the problems of an action’s own, each as the action refuses', () => {
    const { responses } = operationOf('payouts.approve');

    expect(codesOf(operationOf('payouts.approve'))).toContain('separation-of-duties');
    expect(codesOf(operationOf('payouts.submit'))).not.toContain('separation-of-duties');
    expect(JSON.stringify(responses['409'])).toContain('approve needs state submitted; the payout is draft');
  });

  test('leads from an accepted action to its operation', () => {
    expect(operationOf('payouts.disburse').responses['202']).toMatchObject({
      links: { operation: { operationId: 'operations.get' }, cancel: { operationId: 'operations.cancel' } },
    });
  });

  test('is printed by npm run openapi', async () => {
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));

    const { stdout } = await run(scripts.openapi, [], { cwd: ROOT, shell: true, maxBuffer: 2 ** 24 });

    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(document)));
  });
});
