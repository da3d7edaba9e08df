import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Copy, copyRepository } from '../../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeAll(async () => {
  copy = await copyRepository(['biome.json', '.gitignore']);
});
afterAll(() => copy?.remove());

const RESOURCE = 'functions/actions/payouts/resource.ts';

/** What begins the definition of payouts, with shapes behind it. */
const SHAPED = `
import { shapes } from 'holdfast/shapes';

const lanes = shapes({
  reads: 2,
  writes: 1,
  upgrade: { 1: (payout) => ({ ...payout, lane: 'slow' }) },
  downgrade: { 2: ({ lane: _, ...payout }) => payout },
});

export default ((definition) => defineResource(definition, lanes))({`;

/** `npm run record` in the copy, which is compared with what is recorded there: git reads no repository. */
const record = () =>
  run('node', ['--no-warnings', 'lib/holdfast/cli/main.ts', 'record'], { cwd: copy.root }).then(
    ({ stdout }) => ({ code: 0, printed: stdout }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      printed: stdout + stderr,
    }),
  );

test('npm run record refuses a new required member of what is stored, until shapes say how older payouts get it', async () => {
  await copy.edit(
    RESOURCE,
    'members: z.object({',
    "members: z.object({\n    lane: z.enum(['fast', 'slow']),",
  );

  const refused = await record();
  await copy.edit(RESOURCE, 'export default defineResource({', SHAPED);
  const passed = await record();

  expect(refused.code).toBe(1);
  expect(refused.printed).toContain('BREAKING  stored payouts /lane: it is new and required');
  expect(passed.printed).not.toContain('BREAKING');
  expect(passed.code).toBe(0);
});
