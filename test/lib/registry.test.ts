import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Copy, copyRepository, HOLD } from '../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeEach(async () => {
  copy = await copyRepository();
});
afterEach(() => copy?.remove());

// Prints what the registry of the current folder says: the names of its actions, or what is wrong.
const LOAD = `
const { loadRegistry } = await import(process.cwd() + '/lib/registry.ts');
const told = await loadRegistry().then(
  (resources) => resources.flatMap(({ actions }) => actions.map(({ definition }) => definition.name)),
  (error) => error.message,
);
console.log(JSON.stringify(told));
`;

async function load(): Promise<unknown> {
  const args = ['--no-warnings', '--input-type=module', '--eval', LOAD];
  const { stdout } = await run('node', args, { cwd: copy.root });
  return JSON.parse(stdout);
}

const ACTIONS = 'functions/actions/payouts';

describe('the registry', () => {
  test('finds every action in its folder', async () => {
    await copy.write(`${ACTIONS}/hold.ts`, HOLD);

    expect(await load()).toEqual([
      'approve',
      'cancel',
      'change-amount',
      'create',
      'hold',
      'reopen',
      'submit',
    ]);
  });

  test.each([
    [
      'an action that is not named like its file',
      'stop.ts',
      HOLD,
      `${ACTIONS}/stop.ts: action 'hold' is not named like its file; rename one of them`,
    ],
    [
      'two actions on one route',
      'make.ts',
      HOLD.replaceAll('hold', 'make')
        .replace("  from: ['submitted'],\n", '')
        .replace(/decide: .*/, 'decide: () => { throw new Error(); },'),
      `${ACTIONS}/make.ts: POST /payouts is the route of ${ACTIONS}/create.ts too; give one of them a from, or remove it`,
    ],
    [
      'an action on a route of the kit',
      'history.ts',
      HOLD.replaceAll('hold', 'history'),
      `${ACTIONS}/history.ts: 'history' is a route of the kit; choose another name`,
    ],
    [
      'a file that defines nothing',
      'util.ts',
      'export const helper = 1;\n',
      `${ACTIONS}/util.ts: has no default export made by defineAction; add one, or move the file to functions/core`,
    ],
    [
      'input that lets unknown members pass',
      'hold.ts',
      HOLD.replace(
        'note: z.string().max(500)',
        'note: z.string(), by: z.array(z.object({ name: z.string() }))',
      ),
      `${ACTIONS}/hold.ts: input.by[] accepts unknown members; write z.strictObject instead of z.object`,
    ],
    [
      'an unknown state',
      'hold.ts',
      HOLD.replace("'submitted'", "'submited'"),
      `${ACTIONS}/hold.ts: action 'hold' of 'payouts': from names the unknown state 'submited'; choose from draft, submitted, approved, disbursing, paid, returned, cancelled`,
    ],
  ])('refuses %s', async (_, file, text, message) => {
    await copy.write(`${ACTIONS}/${file}`, text);

    expect(await load()).toBe(message);
  });

  test('names the file that cannot be read', async () => {
    await copy.write(`${ACTIONS}/hold.ts`, 'export default defineAction({');

    expect(await load()).toMatch(/^functions\/actions\/payouts\/hold\.ts: /);
  });

  test('refuses a resource that is not named like its folder', async () => {
    await copy.edit(`${ACTIONS}/resource.ts`, "name: 'payouts'", "name: 'payments'");
    for (const name of ['approve', 'cancel', 'change-amount', 'create', 'reopen', 'submit']) {
      await copy.edit(`${ACTIONS}/${name}.ts`, "scope: 'payouts:", "scope: 'payments:");
    }

    expect(await load()).toBe(
      `${ACTIONS}/resource.ts: resource 'payments' is in folder 'payouts'; rename one of them`,
    );
  });
});
