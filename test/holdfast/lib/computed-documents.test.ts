import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { READ_SHARDS, WRITTEN_SHARDS } from '../../../lib/holdfast/core/definitions/due-lists.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { accessLogBytes, deployed } from '../bench/deployed.ts';
import { computedTables, withTable } from '../bench/documents.ts';
import { idleBill } from '../bench/idle.ts';
import { limitsOf } from '../bench/limits.ts';
import { goldens } from '../support/golden.ts';
import { ofType, type Resources, synthesizeStage } from '../support/templates.ts';

test.each(await computedTables())(
  '$path shows the table $name as it is; npm run bench -- limits writes it',
  async (table) => {
    const document = await readFile(join(ROOT, table.path), 'utf8');

    expect(document).toContain(`<!-- ${table.name}: `);
    expect(withTable(document, table)).toBe(document);
  },
);

describe('B9: how many disbursements a stage takes a second', () => {
  test('grows with the partitions of what is due that are written, and is bounded by the tenant before the stage at eight', async () => {
    const { state } = await synthesizeStage('production');
    const [[, golden] = []] = await goldens();
    const stored = (prefix: string) =>
      golden?.tables.RecordsTable.find(({ pk }) => pk?.S?.startsWith(prefix)) ?? {};

    const limits = limitsOf(state.RecordsTable?.Properties ?? {}, {
      payout: stored('payouts#'),
      operation: stored('operations#'),
    });
    const [tenant = 0, now = 0, then = 0] = limits
      .filter(({ of }) => of.startsWith('disbursements'))
      .map(({ perSecond }) => perSecond);

    expect(then / now).toBeCloseTo(READ_SHARDS / WRITTEN_SHARDS, 0);
    expect(then).toBeGreaterThan(tenant);
  });
});

describe('C: what a stage costs while nobody calls it', () => {
  const dollarsOf = (bill: ReturnType<typeof idleBill>, name: string) =>
    bill.find((item) => item.name.startsWith(name))?.dollars;

  test('holds a client of Cognito where it has a pool, and none where it names an issuer', async () => {
    const identity = {
      issuer: 'https://id.example',
      audience: 'holdfast',
      jwksUri: 'https://id.example/keys',
    };
    const pool = idleBill((await synthesizeStage('production')).templates);
    const issuer = idleBill((await synthesizeStage('production', { identity })).templates);

    expect([dollarsOf(pool, 'Cognito'), dollarsOf(issuer, 'Cognito')]).toEqual([6, 0]);
  });

  test('counts every metric of an alarm: three of each function that is released by degrees, none without a canary', async () => {
    const [dev, production] = await Promise.all(
      ['dev', 'production'].map(async (name) => (await synthesizeStage(name)).service),
    );
    const released = ofType(production ?? {}, 'AWS::CodeDeploy::DeploymentGroup').length;
    const count = (service: Resources = {}) =>
      idleBill([{ name: '', template: { Resources: service } }]).find(({ name }) => name.includes('releases'))
        ?.count;

    expect(count(production)).toBe(3 * released);
    expect(count(dev)).toBe(0);
  });
});

describe('what a call brings with it, in the bill of a million actions', () => {
  test('is read in the template: neither the action nor its history pays for lines of Lambda, and history for no trace', async () => {
    const { templates } = await synthesizeStage('production');

    expect(deployed(templates, 'payouts-change-amount')).toEqual({
      memoryGb: 0.5,
      systemLogBytes: 0,
      traced: true,
    });
    expect(deployed(templates, 'history')).toEqual({ memoryGb: 0.5, systemLogBytes: 0, traced: false });
  });

  test('knows how long each part of the line is that the gateway logs', async () => {
    const { templates } = await synthesizeStage('production');

    expect(accessLogBytes(templates)).toBeGreaterThan(300);
  });
});
