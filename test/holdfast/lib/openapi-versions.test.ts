import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defineVersion } from '../../../lib/holdfast/core/versions/define-version.ts';
import { openApiDocument } from '../../../lib/holdfast/openapi/document.ts';
import { loadRegistry, type Registry } from '../../../lib/holdfast/service/registry.ts';
import service from '../../../lib/service.ts';

const run = promisify(execFile);

let folder: string;
let registry: Registry;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-openapi-'));
  registry = await loadRegistry();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const schemasOf = (version: string, of = registry) =>
  openApiDocument(of, version).components.schemas as unknown as Record<
    string,
    { properties: Record<string, unknown>; required: string[]; additionalProperties?: false }
  >;

const INTEGER = expect.objectContaining({ type: 'integer' });

describe('the OpenAPI document of an older version', () => {
  test('has nothing that the recommended rules of Redocly find fault with', async () => {
    const file = join(folder, 'openapi.json');
    await writeFile(file, JSON.stringify(openApiDocument(registry, '2026-05-01')));

    const { stdout } = await run('redocly', ['lint', '--extends', 'recommended', '--format', 'json', file], {
      cwd: folder,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    });

    expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0 }, problems: [] });
  });

  test('shows and takes what the version has in place of the newest, and the rest as it is', () => {
    const [older, newest] = [schemasOf('2026-05-01'), schemasOf(service.apiVersion)];

    expect(older.Payout?.properties).toMatchObject({ amount: INTEGER, currency: { type: 'string' } });
    expect(older.CreatePayout).toMatchObject({
      properties: { amount: INTEGER },
      additionalProperties: false,
    });
    expect(older.CreatePayout?.required).toEqual(
      expect.arrayContaining(['amount', 'currency', 'beneficiary']),
    );
    expect(older.ChangeAmountPayout?.properties).toMatchObject({ amount: INTEGER });
    expect(newest.Payout?.properties).not.toHaveProperty('currency');
    expect(older.SubmitPayout).toEqual(newest.SubmitPayout);
    expect(older.Operation).toEqual(newest.Operation);
  });

  test('names states as the version does, those of operations too', () => {
    const definition = defineVersion({
      version: '2026-01-01',
      summary: 'A draft was new, and an operation that succeeded was done.',
      deprecated: '2026-05-01',
      sunset: '2027-05-01',
      changes: { payouts: { states: { new: 'draft' } }, operations: { states: { done: 'succeeded' } } },
    });
    const planted = { ...registry, versions: [{ definition, file: '' }, ...registry.versions] };

    const { Payout, Operation } = schemasOf('2026-01-01', planted);

    expect(Payout?.properties).toMatchObject({
      amount: INTEGER,
      state: { enum: expect.arrayContaining(['new', 'paid']) },
    });
    expect(JSON.stringify(Payout?.properties.state)).not.toContain('draft');
    expect(Operation?.properties.state).toMatchObject({ enum: expect.arrayContaining(['done']) });
  });

  test('says of each operation that has a version, and of no other, that it ends', () => {
    const { paths, components, info } = openApiDocument(registry, '2026-05-01');

    expect(info).toMatchObject({
      version: '2026-05-01',
      'x-deprecated': '2026-11-01',
      'x-sunset': '2027-11-01',
    });
    expect(paths['/payouts']?.post).toMatchObject({ deprecated: true });
    expect(paths['/problems']?.get).not.toHaveProperty('deprecated');
    expect(components.headers).toMatchObject({ Deprecation: {}, Sunset: {}, Link: {} });
  });

  test('is none of a version that there is not', () => {
    expect(() => openApiDocument(registry, '1999-01-01')).toThrow(
      "version '1999-01-01' is not there; add functions/versions/1999-01-01.ts",
    );
  });
});
