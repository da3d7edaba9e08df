import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';
import { madeUpCallbackSecret } from '../../../lib/holdfast/local/partners/made-up-secrets.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';

test('A8: a callback that is signed by hand as the documentation says is signed as the simulated partners do', async () => {
  const page = await readFile(join(ROOT, 'docs/operations-and-partners.md'), 'utf8');
  const [, commands = ''] = /<!-- callback: [^>]*-->\n\n```\n(.*?)\n```/s.exec(page) ?? [];

  const { stdout } = await promisify(execFile)('sh', ['-c', `curl() { printf '%s\n' "$@"; }\n${commands}`]);
  const sent = stdout.split('\n');
  const header = (name: string) => sent.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
  const seconds = Number(header('webhook-timestamp'));

  expect(
    signCallback(standardWebhooks(), {
      secret: madeUpCallbackSecret('screening'),
      id: 'msg_1',
      at: new Date(seconds * 1000),
      body: sent[sent.indexOf('-d') + 1] ?? '',
    }),
  ).toEqual({
    'webhook-id': header('webhook-id'),
    'webhook-timestamp': header('webhook-timestamp'),
    'webhook-signature': header('webhook-signature'),
  });
  expect(Math.abs(Date.now() / 1000 - seconds)).toBeLessThan(60);
});
