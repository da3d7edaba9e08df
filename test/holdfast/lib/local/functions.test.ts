import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FunctionPool } from '../../../../lib/holdfast/local/functions/function-pool.ts';
import { eventually } from '../../support/eventually.ts';

/** One function that does what its event asks. */
const HANDLER = `
let invocations = 0;
let running = 0;
export async function handler(event, context) {
  invocations++;
  running++;
  try {
    if (event.do === 'environment') return process.env;
    if (event.do === 'context') return { name: context.functionName, left: context.getRemainingTimeInMillis() };
    if (event.do === 'throw') throw Object.assign(new Error('boom'), { name: 'Boom' });
    if (event.do === 'exit') process.exit(3);
    if (event.do === 'spin') for (;;);
    if (event.do === 'reject') { Promise.reject(new Error('nobody listens')); await new Promise(() => undefined); }
    if (event.do === 'say and hang') { console.log('at', process.env._X_AMZN_TRACE_ID); await new Promise(() => undefined); }
    if (event.do === 'stack') return new Error('boom').stack;
    if (event.do === 'nothing') return undefined;
    await new Promise((resolve) => setTimeout(resolve, event.ms ?? 0));
    return { invocations, running };
  } finally {
    running--;
  }
}
`;

let folder: string;
let pool: FunctionPool;
const lines: string[] = [];

const definition = (file: string) => ({
  name: 'subject',
  arn: 'arn:aws:lambda:us-east-1:000000000000:function:subject',
  file,
  environment: { ONLY: 'this' },
  timeoutMs: 500,
  memoryMb: 128,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-functions-'));
  await writeFile(join(folder, 'a.mjs'), HANDLER);
  await writeFile(join(folder, 'b.mjs'), 'export const handler = async () => "new";');
  await writeFile(join(folder, 'broken.mjs'), 'throw new Error("does not load");');
  pool = new FunctionPool(3, (line) => lines.push(line));
  pool.update([definition(join(folder, 'a.mjs'))]);
});
afterAll(async () => {
  await pool.end();
  await rm(folder, { recursive: true, force: true });
});

const invoke = async (event: object) => JSON.parse(await pool.invoke('subject', JSON.stringify(event)));

describe('a function', () => {
  test('sees its own environment and the id of its trace, as Lambda has it, and nothing of ours', async () => {
    expect(await invoke({ do: 'environment' })).toEqual({
      ONLY: 'this',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=0$/),
    });
  });

  test('can be found by its trace and killed, wherever it is', async () => {
    const answer = invoke({ do: 'say and hang' }).catch((error: Error) => error.message);
    const trace = await eventually(
      'the function to say its trace',
      () => lines.map((line) => /^at Root=(.*?);/.exec(line)?.[1]).find((told) => told !== undefined) ?? '',
      (told) => told !== '',
      { everyMs: 1 },
    );

    const found = pool.running(trace);
    await found?.kill();

    expect(found).toMatchObject({ name: 'subject', event: '{"do":"say and hang"}' });
    expect(await answer).toMatch(/exited/);
  });

  test('has a context whose time runs out at the template’s timeout', async () => {
    const { name, left } = await invoke({ do: 'context' });

    expect(name).toBe('subject');
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThanOrEqual(500);
  });

  test('has stacks that name what runs it, and do not show its text', async () => {
    const stack = await invoke({ do: 'stack' });

    expect(stack).toContain('(function-worker.ts:');
    expect(stack).not.toContain('data:');
  });

  test('that answers nothing answers null', async () => {
    expect(await invoke({ do: 'nothing' })).toBeNull();
  });

  test('handles one invocation at a time in each environment, and in as many as are allowed', async () => {
    const answers = await Promise.all(Array.from({ length: 9 }, () => invoke({ ms: 20 })));

    expect(answers.map(({ running }) => running)).toEqual(Array.from({ length: 9 }, () => 1));
  });

  test.each([
    ['throw', 'Boom', 'boom'],
    ['exit', 'Runtime.ExitError', 'subject exited with code 3'],
    ['spin', 'Sandbox.Timedout', 'subject timed out after 0.5 seconds'],
    ['reject', 'Runtime.ExitError', 'subject crashed: nobody listens'],
  ])('that does not answer (%s) fails, and the next invocation does not', async (what, name, message) => {
    const failed = await invoke({ do: what }).catch((error: unknown) => error);
    const next = await invoke({});

    expect(failed).toMatchObject({ name, message });
    expect(next.running).toBe(1);
  });

  test('that is changed ends what is under way on the old code, and begins on the new', async () => {
    const underWay = invoke({ ms: 50 });
    pool.update([definition(join(folder, 'b.mjs'))]);

    const after = await invoke({});

    expect(after).toBe('new');
    expect(await underWay).toMatchObject({ running: 1 });
  });

  test('that does not load fails with the reason in the log, and is loaded again when it is mended', async () => {
    pool.update([definition(join(folder, 'broken.mjs'))]);

    const failed = await invoke({}).catch((error: unknown) => error);
    pool.update([definition(join(folder, 'b.mjs'))]);

    expect(failed).toMatchObject({ message: 'does not load' });
    expect(lines.join('\n')).toContain('does not load');
    expect(await invoke({})).toBe('new');
  });
});

test('A pool that has ended starts nothing more: not what waited for its turn, and not what comes later', async () => {
  const ending = new FunctionPool(1, () => undefined);
  ending.update([definition(join(folder, 'a.mjs'))]);
  const ask = (event: object) =>
    ending.invoke('subject', JSON.stringify(event)).catch((error: Error) => error.message);
  await ask({});
  const answers = [ask({ do: 'say and hang' }), ask({})];

  await ending.end();

  expect(await Promise.all([...answers, ask({})])).toEqual([
    expect.stringMatching(/exited/),
    'subject was ended',
    'subject was ended',
  ]);
});
