import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { type Asked, curlOf } from '../../../../lib/holdfast/testing/provoke/asked.ts';

/** What a shell hands to curl, each argument on a line of its own, and then what curl reads from the pipe. */
async function handed(asked: Asked): Promise<readonly string[]> {
  const curl = `curl() { printf '%s\\0' "$@"; case "$*" in *@-*) cat;; esac; }`;
  const command = `TOKEN=eyJ; ${curl}\n${curlOf(asked, 'http://127.0.0.1:3000')}`;
  const { stdout } = await promisify(execFile)('bash', ['-c', command], { maxBuffer: 2 ** 20 });
  return stdout.split('\0');
}

test('the curl of a request says what the request says, and nothing else, whatever is in it', async () => {
  const body = { reason: `it's "50 %" \\ of $5 \`x\` in $USD, $TOKEN $(echo gone)` };
  const sent = { key: "k'1", ifMatch: '"1-a"', body, from: { tenant: 'acme' } };

  const said = await handed({ method: 'POST', path: '/payouts/po_1/cancel', sent });

  expect(said).toEqual([
    ...['-i', '-X', 'POST', 'http://127.0.0.1:3000/payouts/po_1/cancel'],
    ...['-H', 'Authorization: Bearer eyJ', '-H', "Idempotency-Key: k'1", '-H', 'If-Match: "1-a"'],
    ...['-H', 'Content-Type: application/json', '--data-raw', JSON.stringify(body), ''],
  ]);
});

test('a header or a path with a variable of ours has that filled in, and nothing else', async () => {
  const sent = { key: '$USD $(echo gone) `x` of $TOKEN', body: {} };

  const said = await handed({ method: 'POST', path: '/payouts/$TOKEN/cancel', sent });

  expect(said).toContain('http://127.0.0.1:3000/payouts/eyJ/cancel');
  expect(said).toContain('Idempotency-Key: $USD $(echo gone) `x` of eyJ');
});

test('what a request leaves out, its curl leaves out', async () => {
  const sent = { token: undefined, key: undefined, ifMatch: undefined };

  const said = await handed({ method: 'POST', path: '/payouts', sent });

  expect(said.filter((each) => /^(Authorization|Idempotency-Key|If-Match)/.test(each))).toEqual([]);
});

test('a body that no shell takes as an argument is made where it is sent', async () => {
  const body = 'x'.repeat(262_145);

  const said = await handed({ method: 'POST', path: '/payouts', sent: { body } });

  expect(said.slice(-3)).toEqual(['--data-binary', '@-', body]);
});
