import { describe, expect, jest, test } from '@jest/globals';
import { linesWritten } from '../../../lib/holdfast/testing/partner/lines-written.ts';
import { answer, scriptedPartner } from '../../../lib/holdfast/testing/partner/scripted-partner.ts';
import { command, post, SECRET, sending } from '../support/bank-requests.ts';

jest.unstable_mockModule('../../../lib/holdfast/runtime/partners/partner-credentials.ts', () => ({
  authorization: async () => ({ Authorization: `Bearer ${SECRET}` }),
}));
process.env.STAGE ??= 'test';
const { callPartner } = await import('../../../lib/holdfast/runtime/partners/call-partner.ts');

describe('the log', () => {
  test('A9: tells method, host, template, status, time and bytes, and nothing of headers and bodies', async () => {
    await using server = await scriptedPartner(answer(200, `<html>${SECRET}`, { 'X-Secret': SECRET }));
    const partner = sending((request) =>
      request('POST', `/accounts/${SECRET}/${command.reference}?of=${SECRET}`, command.input),
    );

    const lines = await linesWritten(() => callPartner(partner, 'send', command, server.url));
    const called = lines.map((line) => JSON.parse(line)).find(({ message }) => message === 'called');

    expect(called).toMatchObject({
      partner: 'bank',
      method: 'POST',
      host: new URL(server.url).host,
      path: '/accounts/{…}/{reference}',
      status: 200,
      ms: expect.any(Number),
      bytes: 28,
    });
    expect(lines.join('')).not.toContain(SECRET);
  });

  test('A9: tells name and length of an error, which may quote the partner', async () => {
    const partner = sending(async () => JSON.parse(`<html>${SECRET}`));

    const lines = await linesWritten(() => callPartner(partner, 'send', command, 'http://127.0.0.1'));
    const [line = '{}'] = lines.filter((each) => each.includes('no outcome'));

    expect(JSON.parse(line).error).toEqual({ name: 'SyntaxError', length: expect.any(Number) });
    expect(lines.join('')).not.toContain(SECRET);
  });

  test('A1: counts what is not declared by its partner, and tells its hash and its length alone', async () => {
    await using server = await scriptedPartner(answer(200, { status: SECRET }));

    const lines = await linesWritten(() => callPartner(sending(post), 'send', command, server.url));
    const counted = lines
      .map((line) => JSON.parse(line))
      .find(({ UndeclaredAnswers }) => UndeclaredAnswers === 1);

    expect(counted).toMatchObject({ partner: 'bank', source: 'send', status: 200, why: 'word', length: 22 });
    expect(counted.hash).toMatch(/^[0-9a-f]{16}$/);
    expect(lines.join('')).not.toContain(SECRET);
  });
});
