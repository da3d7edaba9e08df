import { describe, expect, test } from '@jest/globals';
import type { Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import { hmac, type Verification } from '../../../lib/holdfast/core/partners/verification.ts';
import { partnerRoutes } from '../../../lib/holdfast/openapi/routes/partner-routes.ts';
import type { Registry } from '../../../lib/holdfast/service/registry.ts';

const callback = {} as NonNullable<Partner['callback']>;

/** The callback route of a service with these partners. */
function route(partners: Readonly<Record<string, Verification | undefined>>) {
  const steps = Object.entries(partners).map(([name, verify]) => ({
    partner: { name, callback, ...(verify && { verify }) },
  }));
  const registry = { operations: [{ definition: { steps } }] } as unknown as Registry;
  const [spec] = partnerRoutes(registry);
  const parameters = (spec?.parameters ?? []) as readonly {
    name: string;
    required: boolean;
    description: string;
  }[];
  return {
    description: spec?.description,
    headers: parameters.slice(1).map(({ name, required, description }) => ({ name, required, description })),
  };
}

const github = hmac({ header: 'X-Hub-Signature-256', encoding: 'hex', prefix: 'sha256=' });
const timed = hmac({ header: 'X-Signature', encoding: 'base64', timestamp: 'X-Timestamp' });

describe('A7: the contract of the callback route', () => {
  test('names the headers of Standard Webhooks, where partners sign by it', () => {
    const { description, headers } = route({ screening: undefined });

    expect(description).toContain('signed over the exact bytes, as Standard Webhooks says.');
    expect(headers.map(({ name, required }) => [name, required])).toEqual([
      ['webhook-id', true],
      ['webhook-timestamp', true],
      ['webhook-signature', true],
    ]);
  });

  test('names the headers of a partner’s own scheme, and what is signed', () => {
    const { description, headers } = route({ registry: timed });

    expect(description).toContain('by HMAC-SHA256 in `X-Signature` and `X-Timestamp`.');
    expect(headers).toEqual([
      {
        name: 'X-Signature',
        required: true,
        description: 'The HMAC-SHA256 over `{timestamp}.{body}`, in base64.',
      },
      {
        name: 'X-Timestamp',
        required: true,
        description: 'Seconds since the epoch, within five minutes of now.',
      },
    ]);
  });

  test('requires no header of one partner from another, and says whose each is', () => {
    const { description, headers } = route({ screening: undefined, forge: github, registry: timed });

    expect(description).toContain(
      'as Standard Webhooks says (screening), or by HMAC-SHA256 in `X-Hub-Signature-256` (forge), or by HMAC-SHA256 in `X-Signature` and `X-Timestamp` (registry)',
    );
    expect(headers.every(({ required }) => !required)).toBe(true);
    expect(headers.find(({ name }) => name === 'X-Hub-Signature-256')?.description).toBe(
      'Of forge: `sha256=` and the HMAC-SHA256 over `{body}`, in hexadecimal.',
    );
  });

  test('tells a header that two partners use for different things once, with both', () => {
    const other = hmac({ header: 'x-signature', encoding: 'hex' });
    const { headers } = route({ registry: timed, forge: other });

    expect(headers.find(({ name }) => name === 'X-Signature')).toEqual({
      name: 'X-Signature',
      required: true,
      description:
        'Of registry: The HMAC-SHA256 over `{timestamp}.{body}`, in base64. Of forge: The HMAC-SHA256 over `{body}`, in hexadecimal.',
    });
  });
});
