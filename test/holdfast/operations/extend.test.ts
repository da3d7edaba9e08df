import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import aslValidator from 'asl-validator';
import { type Copy, copyRepository } from '../support/copy.ts';

const run = promisify(execFile);

let copy: Copy;
beforeEach(async () => {
  copy = await copyRepository();
});
afterEach(() => copy?.remove());

// Prints the state machine that is synthesized in the current folder, its references by name, and the queues beside it.
const MACHINE = `
const { buildApp } = await import(process.cwd() + '/lib/holdfast/cdk/app.ts');
const app = await buildApp({ stage: 'production', partnersUrl: 'https://partners.example', bundles: 'none', outdir: process.cwd() + '/cdk.out' });
const { synthesizeTemplates } = await import(process.cwd() + '/lib/holdfast/cdk/templates/templates.ts');
const all = synthesizeTemplates(app).flatMap(({ template }) => Object.values(template.Resources));
const { DefinitionString } = all.find(({ Type }) => Type === 'AWS::StepFunctions::StateMachine').Properties;
const text = DefinitionString['Fn::Join'][1]
  .map((part) => {
    if (typeof part === 'string') return part;
    const isVersion = /CurrentVersion/.test(part.Ref);
    return isVersion ? 'arn:aws:lambda:us-east-1:000000000000:function:operate:1' : 'https://sqs.example/' + part.Ref;
  })
  .join('');
const names = all.flatMap(({ Metadata }) => Metadata?.holdfast?.name ?? []);
console.log(JSON.stringify({ definition: JSON.parse(text), names, alarms: all.filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties) }));
`;

interface State {
  readonly Type: string;
  readonly TimeoutSeconds?: number;
  readonly TimeoutSecondsPath?: string;
}

interface Synthesized {
  readonly definition: { readonly States: Record<string, State>; readonly TimeoutSeconds?: number };
  readonly names: readonly string[];
  readonly alarms: readonly { readonly AlarmName: string; readonly AlarmDescription: string }[];
}

async function synth(): Promise<Synthesized> {
  const args = ['--no-warnings', '--input-type=module', '--eval', MACHINE];
  const { stdout } = await run('node', args, { cwd: copy.root, maxBuffer: 2 ** 24 });
  return JSON.parse(stdout);
}

describe('the state machine of an operation', () => {
  test('is one that Step Functions takes, and bounds the time of every task', async () => {
    const { definition, alarms } = await synth();

    const { isValid, errorsText } = aslValidator(definition);
    const tasks = Object.values(definition.States).filter(({ Type }) => Type === 'Task');

    expect(errorsText('\n')).toBe('');
    expect(isValid).toBe(true);
    expect(tasks.length).toBeGreaterThan(3);
    expect(
      tasks.filter((task) => task.TimeoutSeconds === undefined && task.TimeoutSecondsPath === undefined),
    ).toEqual([]);
    expect(Object.values(definition.States).filter(({ Type }) => Type === 'Wait')).toEqual([]);
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(
      expect.arrayContaining([
        'holdfast-production-bank-dead-letters',
        'holdfast-production-dispatcher-dead-letters',
        'holdfast-production-history-dead-letters',
        'holdfast-production-needs-attention',
        'holdfast-production-screening-dead-letters',
      ]),
    );
    expect(alarms.every(({ AlarmDescription }) => AlarmDescription.length > 40)).toBe(true);
  });

  test('grows by one entry for a step, and by one file for its partner', async () => {
    await copy.write(
      'functions/partners/ledger.ts',
      `import { definePartner } from 'holdfast';

export default definePartner({
  name: 'ledger',
  concurrency: 2,
  ratePerSecond: 10,
  timeoutMs: 1_000,
  settleSeconds: 11,
  idempotencyWindowSeconds: 3_600,
  retry: { maxAttempts: 3, baseMs: 100, capMs: 1_000 },
  breaker: { failures: 3, openSeconds: 5 },
  idempotent: true,
  answers: { at: ['state'], succeeded: ['kept'] },
  send: ({ reference }, { request }) => request('PUT', \`/entries/\${reference}\`, {}),
});
`,
    );
    const operation = 'functions/operations/disburse-payout.ts';
    await copy.edit(
      operation,
      'import bank from',
      "import ledger from '../partners/ledger.ts';\nimport bank from",
    );
    await copy.edit(
      operation,
      '  steps: [\n',
      "  steps: [\n    { name: 'reserve', partner: ledger, command: 'reserve', compensation: 'unreserve', input: ({ amount }) => ({ amount }) },\n",
    );

    const { definition, names } = await synth();

    expect(Object.keys(definition.States)).toEqual(
      expect.arrayContaining(['step: reserve', 'step: reserve: unreserve']),
    );
    expect(names).toContain('partner-ledger');
  });
});
