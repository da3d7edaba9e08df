import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import type { Command } from '../../../lib/holdfast/cli/command/command.ts';
import { runCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { COMMANDS } from '../../../lib/holdfast/cli/commands.ts';
import { showOperation } from '../../../lib/holdfast/cli/show-operation.ts';
import { tokenCommand } from '../../../lib/holdfast/cli/token.ts';

const options = {
  tenant: 'acme',
  subject: 'alice',
  scopes: undefined,
  'expires-in': '60',
  stage: undefined,
  client: undefined,
};

/** What a service accepts of a token is in `test/holdfast/runtime/access-token.test.ts`. */
describe('npm run token', () => {
  test.each([
    ['tenant', '', 'empty'],
    ['subject', '', 'empty'],
    ['tenant', 'x'.repeat(129), 'a text of 129 characters'],
    ['subject', 'ali\u202ece', 'a text that hides a character'],
  ])('refuses --%s %j, which no service accepts in a token', async (option, value, fault) => {
    await expect(tokenCommand({ ...options, [option]: value })).rejects.toThrow(
      `--${option} is ${fault}; give a text of 1 to 128 characters, none of them hidden`,
    );
  });

  test.each(['payout:read', 'payouts', 'payouts:*,operations:*', 'payouts:read Payouts:create'])(
    'refuses --scopes %j, of which no route asks for one, and tells what may be chosen',
    async (scopes) => {
      await expect(tokenCommand({ ...options, scopes })).rejects.toThrow(
        /^--scopes names '.*', which no route asks for; choose from payouts:\* operations:\* payouts:read /,
      );
    },
  );

  test('refuses them as a wrong use of the command, with status 2', async () => {
    const command = COMMANDS.find(({ name }) => name === 'token') as Command;
    const printed: string[] = [];
    const output = { out: (text: string) => printed.push(text), error: () => undefined };

    expect(await runCommand(command, ['--tenant', ''], {}, output)).toBe(2);
    expect(await runCommand(command, ['--scopes', 'nothing'], {}, output)).toBe(2);
    expect(printed).toEqual([]);
  });

  test.each([
    [undefined, 'payouts:* operations:*'],
    ['payouts:read  operations:*', 'payouts:read operations:*'],
    ['', ''],
  ])('given --scopes %j prints a token that holds %j', async (scopes, held) => {
    const claims = decodeJwt(await tokenCommand({ ...options, scopes }));

    expect(claims).toMatchObject({ tenant: 'acme', sub: 'alice', scope: held });
  });

  test.each([
    [undefined, 'local'],
    ['mobile-app', 'mobile-app'],
  ])('given --client %j prints a local token for the client %j', async (client, named) => {
    const claims = decodeJwt(await tokenCommand({ ...options, client }));

    expect(claims).toMatchObject({ sub: 'alice', client_id: named });
  });
});

test('npm run operation refuses a tenant that no token may name before it asks the service', async () => {
  const url = 'http://127.0.0.1:9';
  const shown = showOperation(
    'op_1',
    {
      url,
      stage: undefined,
      tenant: '',
      token: undefined,
      client: undefined,
      code: undefined,
      html: undefined,
      unmasked: false,
    },
    {},
    () => undefined,
  );

  await expect(shown).rejects.toThrow('--tenant is empty; give a text of 1 to 128 characters');
});
