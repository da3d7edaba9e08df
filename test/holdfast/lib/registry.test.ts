import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Copy, copyRepository, SET_ASIDE } from '../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeEach(async () => {
  copy = await copyRepository();
});
afterEach(() => copy?.remove());

// Prints what the registry of the current folder says: the names of its actions, or what is wrong.
const LOAD = `
const { loadRegistry } = await import(process.cwd() + '/lib/holdfast/service/registry.ts');
const told = await loadRegistry().then(
  ({ resources }) =>
    resources
      .filter(({ definition }) => definition.name === 'payouts')
      .flatMap(({ actions }) => actions.map(({ definition }) => definition.name)),
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

/** Of the files in the copy's folder. */
const actionNames = async () =>
  (await readdir(join(copy.root, ACTIONS)))
    .sort()
    .map((file) => file.replace('.ts', ''))
    .filter((name) => name !== 'resource');

describe('the registry', () => {
  test('finds every action in its folder', async () => {
    await copy.write(`${ACTIONS}/set-aside.ts`, SET_ASIDE);

    const found = await load();

    expect(found).toContain('set-aside');
    expect(found).toEqual(await actionNames());
  });

  test.each([
    [
      'an action that is not named like its file',
      'stop.ts',
      SET_ASIDE,
      `${ACTIONS}/stop.ts: action 'set-aside' is not named like its file; rename one of them`,
    ],
    [
      'two actions on one route',
      'make.ts',
      SET_ASIDE.replaceAll('set-aside', 'make')
        .replace("  from: ['submitted'],\n", '')
        .replace(/decide: .*/, 'decide: () => { throw new Error(); },'),
      `${ACTIONS}/make.ts: POST /payouts is the route of ${ACTIONS}/create.ts too; give one of them a from, or remove it`,
    ],
    [
      'an action on a route of the kit',
      'history.ts',
      SET_ASIDE.replaceAll('set-aside', 'history'),
      `${ACTIONS}/history.ts: 'history' is a route of the kit; choose another name`,
    ],
    [
      'a file that defines nothing',
      'util.ts',
      'export const helper = 1;\n',
      `${ACTIONS}/util.ts: has no default export made by defineAction; add one, or move the file to functions/values`,
    ],
    [
      'input that lets unknown members pass',
      'set-aside.ts',
      SET_ASIDE.replace(
        'note: text({ max: 500 })',
        'note: text({ max: 500 }), by: z.array(z.object({ name: text({ max: 9 }) }))',
      ),
      `${ACTIONS}/set-aside.ts: input.by[] accepts unknown members; write z.strictObject instead of z.object`,
    ],
    [
      'an unknown state',
      'set-aside.ts',
      SET_ASIDE.replace("'submitted'", "'submited'"),
      `${ACTIONS}/set-aside.ts: action 'set-aside' of 'payouts': from names the unknown state 'submited'; choose from draft, submitted, approved, disbursing, paid, returned, cancelled`,
    ],
  ])('refuses %s', async (_, file, text, message) => {
    await copy.write(`${ACTIONS}/${file}`, text);

    expect(await load()).toBe(message);
  });

  test.each([
    [
      'is not named like its file',
      "version: '2026-05-01'",
      "version: '2026-05-02'",
      "version '2026-05-02' is not named like its file; rename one of them",
    ],
    [
      'changes a resource that is none',
      'payouts: {',
      'refunds: {',
      "changes 'refunds', and there is no such resource; name one of them",
    ],
    [
      'changes an action that is none',
      'create: amount',
      'make: amount',
      "changes the input of 'payouts.make', and there is no such action; name one",
    ],
    [
      'changes a member that is none',
      'newer: z.object({ amount: money })',
      'newer: z.object({ amount: money, total: money.optional() })',
      "newer of 'payouts' has 'total', which the next newer version has not; remove it",
    ],
    [
      'renames a state that is none',
      'payouts: {',
      "payouts: { states: { new: 'fresh' },",
      "states of 'payouts' lead to 'fresh', which is none; choose from draft, submitted, approved, disbursing, paid, returned, cancelled",
    ],
    [
      'took unknown members',
      'currency: z.string() }',
      'currency: z.string(), by: z.object({}).optional() }',
      "input.by of 'payouts.create' accepts unknown members; write z.strictObject instead of z.object",
    ],
  ])('refuses a version that %s', async (_, from, to, message) => {
    await copy.edit('functions/versions/2026-05-01.ts', from, to);

    expect(await load()).toBe(`functions/versions/2026-05-01.ts: ${message}`);
  });

  test('refuses a version that is not older than the newest', async () => {
    await copy.edit('lib/service.ts', "apiVersion: '2026-11-01'", "apiVersion: '2026-05-01'");

    expect(await load()).toBe(
      "functions/versions/2026-05-01.ts: version '2026-05-01' is not older than the newest, 2026-05-01; set apiVersion in lib/service.ts",
    );
  });

  test('names the file that cannot be read', async () => {
    await copy.write(`${ACTIONS}/set-aside.ts`, 'export default defineAction({');

    expect(await load()).toMatch(/^functions\/actions\/payouts\/set-aside\.ts: /);
  });

  test('refuses a resource that is not named like its folder', async () => {
    await copy.edit(`${ACTIONS}/resource.ts`, "name: 'payouts'", "name: 'payments'");
    for (const name of await actionNames()) {
      await copy.edit(`${ACTIONS}/${name}.ts`, "scope: 'payouts:", "scope: 'payments:");
    }

    expect(await load()).toBe(
      `${ACTIONS}/resource.ts: resource 'payments' is in folder 'payouts'; rename one of them`,
    );
  });

  test('refuses an action of another resource than the one beside it', async () => {
    const resource = await readFile(join(copy.root, ACTIONS, 'resource.ts'), 'utf8');
    await copy.write('functions/values/planted.ts', resource.replaceAll('../../values/', './'));
    await copy.write(
      `${ACTIONS}/set-aside.ts`,
      SET_ASIDE.replace('./resource.ts', '../../values/planted.ts'),
    );

    expect(await load()).toBe(
      `${ACTIONS}/set-aside.ts: action is of resource 'payouts'; import the resource beside it, ./resource.ts`,
    );
  });

  test('refuses an action that decides on a look-alike of a resource as well', async () => {
    const resource = await readFile(join(copy.root, ACTIONS, 'resource.ts'), 'utf8');
    await copy.write('functions/values/planted.ts', resource.replaceAll('../../values/', './'));
    const touching = SET_ASIDE.replace('export default defineAction(', 'const action = defineAction(');
    await copy.write(
      `${ACTIONS}/set-aside.ts`,
      `import planted from '../../values/planted.ts';
${touching}
const touches = [{ name: 'other', resource: planted, writes: true, states: [] }];
export default { ...action, with: { problems: {}, touches } };
`,
    );

    expect(await load()).toBe(
      `${ACTIONS}/set-aside.ts: action 'set-aside': 'other' is of 'payouts', which is not the resource of that name; import its resource.ts`,
    );
  });

  // Of the objects inside an input, those in a record, a tuple or a map are not looked at, and one that says
  // itself that it is loose passes.
  test.each([
    ['a record', 'z.record(z.string(), z.object({ name: z.string() }))'],
    ['a tuple', 'z.tuple([z.object({ name: z.string() })])'],
    ['a loose object', 'z.looseObject({ name: z.string() })'],
  ])('refuses unknown members in %s', async (_, schema) => {
    await copy.write(`${ACTIONS}/set-aside.ts`, SET_ASIDE.replace('text({ max: 500 })', schema));

    expect(await load()).toMatch(
      /^functions\/actions\/payouts\/set-aside\.ts: input\.note.* accepts unknown members/,
    );
  });

  // The routes /problems and /health are the kit's; CDK refuses the second method of a path by its own names.
  test('refuses a resource on a route of the kit', async () => {
    const text = await readFile(join(copy.root, ACTIONS, 'resource.ts'), 'utf8');
    await mkdir(join(copy.root, 'functions/actions/problems'));
    await copy.write(
      'functions/actions/problems/resource.ts',
      text.replace("name: 'payouts'", "name: 'problems'"),
    );

    expect(await load()).toMatch(/^functions\/actions\/problems\/resource\.ts: /);
  });

  // Fails: both are payouts-notes-list, of which a stack has one; the CDK tells of a construct, and not of the files.
  test('refuses an action whose function is called as that of another resource is', async () => {
    const resource = await readFile(join(copy.root, ACTIONS, 'resource.ts'), 'utf8');
    const action = await readFile(join(copy.root, ACTIONS, 'submit.ts'), 'utf8');
    await mkdir(join(copy.root, 'functions/actions/payouts-notes'));
    await copy.write(
      'functions/actions/payouts-notes/resource.ts',
      resource
        .replace("name: 'payouts'", "name: 'payouts-notes'")
        .replace("singular: 'payout'", "singular: 'note'")
        .replace("idPrefix: 'po'", "idPrefix: 'nt'"),
    );
    await copy.write(
      `${ACTIONS}/notes-list.ts`,
      action.replace("name: 'submit'", "name: 'notes-list'").replace(':submit', ':notes-list'),
    );

    expect(await load()).toBe(
      `functions/actions/payouts-notes/resource.ts: its function is called 'payouts-notes-list', as that of ${ACTIONS}/notes-list.ts is; rename one of them`,
    );
  });

  // Members of a client and logical ids of a template are made of names without their hyphens.
  test('refuses a name that is that of another one but for its hyphens', async () => {
    const text = await readFile(join(copy.root, ACTIONS, 'resource.ts'), 'utf8');
    await mkdir(join(copy.root, 'functions/actions/pay-outs'));
    await copy.write(
      'functions/actions/pay-outs/resource.ts',
      text.replace("name: 'payouts'", "name: 'pay-outs'"),
    );

    expect(await load()).toBe(
      "functions/actions/payouts/resource.ts: name 'payouts' is that of functions/actions/pay-outs/resource.ts too, hyphens aside; choose another",
    );
  });

  test('C4: refuses a bare string in an input and in the members of a resource', async () => {
    await copy.write(`${ACTIONS}/set-aside.ts`, SET_ASIDE.replace('text({ max: 500 })', 'z.string()'));
    const inInput = await load();
    await copy.edit(`${ACTIONS}/resource.ts`, 'createdBy: actorId', 'createdBy: z.string()');
    const inMembers = await load();

    expect([inInput, inMembers].map((told) => String(told).replace(/ is a bare string; .*$/, ''))).toEqual([
      `${ACTIONS}/set-aside.ts: input.note`,
      `${ACTIONS}/resource.ts: members.createdBy`,
    ]);
  });

  // The message is Node's own, with an absolute path and without a remedy.
  test('says of a folder without a resource what it needs', async () => {
    await mkdir(join(copy.root, 'functions/actions/refunds'));

    const told = String(await load());

    expect(told).toMatch(/^functions\/actions\/refunds/);
    expect(told).not.toContain(copy.root);
  });
});
