import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

const run = promisify(execFile);

const PROGRAM = `const { ROOT, service } = await import(${JSON.stringify(join(ROOT, 'lib/holdfast/service/project.ts'))});
console.log(JSON.stringify([ROOT, service.name]));`;

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'holdfast-project-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** What the kit of this repository finds, started in a folder. */
const found = (cwd: string) =>
  run('node', ['--no-warnings', '--input-type=module', '--eval', PROGRAM], { cwd }).then(
    ({ stdout }) => JSON.parse(stdout),
    ({ stderr }: { stderr: string }) => stderr,
  );

const project = async (path: string, service: string) => {
  await mkdir(join(folder, path, 'lib'), { recursive: true });
  await writeFile(join(folder, path, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, path, 'lib/service.ts'), service);
};

const named = (name: string) => `export default { name: '${name}', namespace: '${name}' };`;

describe('the project that the kit works for', () => {
  test('is the one around the folder that a command is run in, wherever the kit is', async () => {
    await project('orders', named('orders'));
    await mkdir(join(folder, 'orders/functions/actions'), { recursive: true });

    const [root, below] = [
      await found(join(folder, 'orders')),
      await found(join(folder, 'orders/functions/actions')),
    ];

    expect(root).toEqual([join(folder, 'orders'), 'orders']);
    expect(below).toEqual(root);
  });

  test('is the nearest of two, one inside the other', async () => {
    await project('.', named('outer'));
    await project('packages/inner', named('inner'));

    expect(await found(join(folder, 'packages/inner'))).toEqual([join(folder, 'packages/inner'), 'inner']);
  });

  test('is asked for where there is none, by the folder and the file that it is known by', async () => {
    expect(await found(folder)).toContain(
      `neither ${folder} nor a folder above it has lib/service.ts; run this in a project of yours`,
    );
  });

  test.each(['export const service = 1;', 'export default { name: "x" };'])(
    'is refused with the remedy where its service is %s',
    async (service) => {
      await project('.', service);

      expect(await found(folder)).toContain(
        'lib/service.ts: has no default export made by defineService; add one',
      );
    },
  );

  test.each([
    [
      'awaits',
      'await 1; export default {};',
      /^lib\/service\.ts: awaits at its top level; have it export its service without\n$/,
    ],
    ['is no TypeScript', 'export default {', /^lib\/service\.ts: Unexpected token .*\n$/],
    [
      'is not there',
      undefined,
      /^neither .* nor a folder above it has lib\/service\.ts; run this in a project of yours\n$/,
    ],
  ])('is told in one line, and no command begins, where its service %s', async (_, service, told) => {
    if (service !== undefined) await project('.', service);

    const ended = await run('node', ['--no-warnings', join(ROOT, 'lib/holdfast/cli/main.ts'), 'list'], {
      cwd: folder,
    }).catch((error: unknown) => error);

    expect(ended).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(told) });
  });
});
