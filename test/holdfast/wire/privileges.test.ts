import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Copy, copyRepository } from '../support/copy.ts';
import { type Service, signIn, startService } from '../support/service.ts';

let copy: Copy;
let service: Service;
beforeAll(async () => {
  copy = await copyRepository();
  // One function is made without the statements it needs.
  await copy.edit(
    'lib/holdfast/cdk/functions/service-function.ts',
    'statements = [] } = props;',
    "statements: own = [] } = props;\n    const statements = entry.name === 'payouts-submit' ? [] : own;",
  );
  service = await startService({ root: copy.root });
});
afterAll(async () => {
  await service?.end();
  await copy?.remove();
});

describe('a function whose role lacks a grant', () => {
  test('is denied on this machine as on AWS: the log names grant and remedy, and the client learns nothing of it', async () => {
    const alice = await signIn(service.url);
    const created = await alice.create();

    const refused = await alice.act('submit', created);
    const [denied] = await service.line(/^DENIED .*/);
    await service.line(/no identity-based policy allows the dynamodb:GetItem action/);

    expect(created.status).toBe(201);
    expect(refused.status).toBe(500);
    expect(refused.json).toMatchObject({ code: 'internal-error', category: 'internal', recovery: 'retry' });
    expect(refused.text).not.toMatch(/dynamodb|arn:|AccessDenied|RecordsTable|authorized/i);
    expect(denied).toBe(
      `DENIED payouts-submit: dynamodb:GetItem on arn:aws:dynamodb:us-east-1:000000000000:table/RecordsTable under key payouts#acme#${created.json.id}: its role does not allow it, here as on AWS; declare it in lib/holdfast/cdk/bundles/function-entry.ts`,
    );
  });
});
