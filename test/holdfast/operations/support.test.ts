import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { eventually } from '../support/eventually.ts';
import { isOver, startWorkflow, type Workflow } from '../support/operations.ts';

const run = promisify(execFile);

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };

let workflow: Workflow;
let sqs: string;
beforeAll(async () => {
  workflow = await startWorkflow({ functions: { POWERTOOLS_LOG_LEVEL: 'SILENT' } });
  [, sqs = ''] = await workflow.service.line(/^queues: (\S+)/);
});
afterAll(() => workflow?.close());

/** Runs a command of the kit against the running service, and gives its lines. */
async function command(name: string, ...args: string[]): Promise<string[]> {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const child = run('node', ['--no-warnings', 'lib/holdfast/cli/main.ts', name, ...args], { cwd: ROOT, env });
  const { stdout, stderr } = await child.catch((error: { stdout: string; stderr: string }) => error);
  return `${stdout}${stderr}`.trim().split('\n');
}

describe('npm run operation', () => {
  test('tells what happened to an operation, and what to do', async () => {
    const ended = await workflow.until(await workflow.disburse(await workflow.approved()), isOver);
    const lines = await eventually(
      'the end in the history',
      () => command('operation', 'show', String(ended.json.id), '--url', workflow.service.url),
      (shown) => shown.some((line) => line.includes('running → succeeded')),
    );

    expect(lines[0]).toMatch(/^operation op_\w+ on \/payouts\/po_\w+: succeeded$/);
    expect(lines.some((line) => /claim {6}screen #1 {2}running {2}by system:operation$/.test(line))).toBe(
      true,
    );
    expect(lines.slice(lines.indexOf('In short:'), lines.indexOf('In short:') + 3)).toEqual([
      'In short:',
      "  'transfer' by bank cannot be taken back, and was done.",
      '  It is done.',
    ]);
    expect(lines).toContain('  Do not do it again. It is done, and a new payout would do it twice.');
    expect(lines).toContain('  The payout is paid since then.');
  });

  test('says what is wrong with how it was called, and what the API answered', async () => {
    const unknown = await command('operation', 'show', `op_${'0'.repeat(26)}`, '--url', workflow.service.url);
    const usage = await command('operation', 'list');

    expect(unknown.join('\n')).toContain('There is no such operation (not-found)');
    expect(usage.join('\n')).toContain('usage: npm run operation -- show ID');
  });
});

describe('npm run redrive', () => {
  test('lists and shows what was set aside, and sends it back when it is told to', async () => {
    const client = new SQSClient({
      endpoint: sqs,
      region: 'us-east-1',
      credentials,
      useQueueUrlAsEndpoint: false,
    });
    const queues = await command('redrive');
    const [, deadLetters = ''] =
      queues.map((line) => /\d+ {2}(\S*bankqueueDeadLetters\S*)/.exec(line)).find(Boolean) ?? [];
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: deadLetters }));
    await client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: '{"operation":"operations#acme#op_1","token":"secret"}',
      }),
    );
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'another' }));
    client.destroy();

    const dry = await command('redrive', '--queue', deadLetters, '--filter', 'op_1');
    const done = await command(
      'redrive',
      '--queue',
      deadLetters,
      '--filter',
      'op_1',
      '--yes',
      '--rate',
      '100',
    );
    const rest = await command('redrive', '--queue', deadLetters);
    const wrong = await command('redrive', '--queue', 'nowhere');

    expect(dry).toEqual([
      expect.stringMatching(/^would redrive .*"operation":"operations#acme#op_1"/),
      '1 of 2 messages would be redriven; --yes does it',
    ]);
    expect(dry.join()).not.toContain('secret');
    expect(done.at(-1)).toBe('1 of 2 messages redriven');
    expect(rest.at(-1)).toBe('1 of 1 messages would be redriven; --yes does it');
    expect(wrong).toEqual(['no dead-letter queue is named nowhere; npm run redrive lists them']);
  });

  test('a message that no consumer can handle gets there by itself', async () => {
    const client = new SQSClient({
      endpoint: sqs,
      region: 'us-east-1',
      credentials,
      useQueueUrlAsEndpoint: false,
    });
    const queues = await command('redrive');
    const [, deadLetters = ''] =
      queues.map((line) => /\d+ {2}(\S*screeningqueueDeadLetters\S*)/.exec(line)).find(Boolean) ?? [];
    const { QueueUrl = '' } = await client.send(new GetQueueUrlCommand({ QueueName: deadLetters }));
    const { sourceUrl } = await source(client, QueueUrl);
    await client.send(new SendMessageCommand({ QueueUrl: sourceUrl, MessageBody: 'poison' }));

    const lines = await eventually(
      'the message in the dead-letter queue',
      () => command('redrive'),
      (listed) => listed.some((line) => /^\s+1 {2}\S*screeningqueueDeadLetters/.test(line)),
    );
    client.destroy();

    expect(lines.length).toBeGreaterThan(1);
  });
});

/** The queue that a dead-letter queue is of. */
async function source(client: SQSClient, deadLetters: string): Promise<{ sourceUrl: string }> {
  const { GetQueueAttributesCommand, ListQueuesCommand } = await import('@aws-sdk/client-sqs');
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  for (const sourceUrl of QueueUrls) {
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: sourceUrl, AttributeNames: ['RedrivePolicy'] }),
    );
    if (Attributes?.RedrivePolicy?.includes(deadLetters.split('/').at(-1) ?? '-')) return { sourceUrl };
  }
  throw new Error(`no queue has ${deadLetters}`);
}
