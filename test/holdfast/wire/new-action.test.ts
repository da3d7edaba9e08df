import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { freshKey } from '../support/client.ts';
import { type Copy, copyRepository, SET_ASIDE } from '../support/copy.ts';
import { eventually } from '../support/eventually.ts';
import { type Service, signIn, startService } from '../support/service.ts';

const run = promisify(execFile);

let copy: Copy;
let service: Service;
beforeAll(async () => {
  copy = await copyRepository();
  service = await startService({ root: copy.root });
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

// Prints the methods of the template that is synthesized in the current folder.
const METHODS = `
const { buildApp } = await import(process.cwd() + '/lib/holdfast/cdk/app.ts');
const app = await buildApp({ stage: 'dev', bundles: 'none', outdir: process.cwd() + '/cdk.out' });
const { synthesizeTemplates } = await import(process.cwd() + '/lib/holdfast/cdk/templates/templates.ts');
const all = synthesizeTemplates(app).flatMap(({ template }) => Object.values(template.Resources));
const functions = all.filter(({ Type }) => Type === 'AWS::Lambda::Function');
console.log(JSON.stringify(functions.map(({ Metadata }) => Metadata.holdfast.name)));
`;

describe('a new action', () => {
  test('is one file under 25 lines: a route of the running service, and a function of the template', async () => {
    const alice = await signIn(service.url);
    const submitted = await alice.act('submit', await alice.create());
    const before = await alice.act('set-aside', submitted, { body: { note: 'wait' } });

    await copy.write('functions/actions/payouts/set-aside.ts', SET_ASIDE);
    await service.line(/payouts-set-aside|set-aside\.ts/);
    const held = await eventually(
      'the new route to be served',
      () => alice.act('set-aside', submitted, { body: { note: 'wait' } }),
      ({ json }) => json.code !== 'route-not-found',
    );
    const { stdout } = await run('node', ['--no-warnings', '--input-type=module', '--eval', METHODS], {
      cwd: copy.root,
    });

    expect(SET_ASIDE.split('\n').length).toBeLessThan(25);
    expect(before.json.code).toBe('route-not-found');
    expect(held).toMatchObject({ status: 200, json: { state: 'draft', note: 'wait' } });
    expect(JSON.parse(stdout)).toContain('payouts-set-aside');
  });

  test('that is broken stops nothing: the service that was running answers on', async () => {
    const alice = await signIn(service.url);
    const created = await alice.create();

    await copy.write('functions/actions/payouts/broken.ts', 'export default defineAction({');
    await service.line(/broken\.ts/);
    const submitted = await alice.act('submit', created, { key: freshKey() });

    expect(submitted.status).toBe(200);
  });
});
