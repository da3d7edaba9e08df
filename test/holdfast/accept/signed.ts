import { createHash, createHmac } from 'node:crypto';
import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { SignatureV4 } from '@smithy/signature-v4';

/** A hash as the signer asks for it. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    const key =
      typeof secret === 'string' || secret === undefined ? secret : new Uint8Array(secret as ArrayBuffer);
    this.#hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return new Uint8Array(this.#hash.digest());
  }

  reset(): void {
    // One is made for each digest.
  }
}

/** Whose credentials and region are used. */
type Of = Pick<CloudFormationClient, 'config'>;

/**
 * Asks CloudWatch, which the kit has no client for.
 * @returns the answer as XML
 * @throws Error with the answer when it is none of success
 */
export const askCloudWatch = (of: Of, parameters: Readonly<Record<string, string>>): Promise<string> =>
  signed(of, 'monitoring', {
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ Version: '2010-08-01', ...parameters }).toString(),
  });

/** Names of the log groups that begin so. @throws Error with the answer when it is none of success */
export async function logGroups(of: Of, logGroupNamePrefix: string): Promise<readonly string[]> {
  const names: string[] = [];
  let nextToken: string | undefined;
  do {
    const answer = await signed(of, 'logs', {
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'Logs_20140328.DescribeLogGroups',
      },
      body: JSON.stringify({ logGroupNamePrefix, nextToken }),
    });
    const page = JSON.parse(answer) as { logGroups?: { logGroupName: string }[]; nextToken?: string };
    names.push(...(page.logGroups ?? []).map(({ logGroupName }) => logGroupName));
    ({ nextToken } = page);
  } while (nextToken !== undefined);
  return names;
}

async function signed(
  { config }: Of,
  service: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
): Promise<string> {
  const region = await config.region();
  const endpoint = new URL(process.env.AWS_ENDPOINT_URL ?? `https://${service}.${region}.amazonaws.com`);
  const signer = new SignatureV4({ service, region, credentials: config.credentials, sha256: Sha256 });
  const request = await signer.sign({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: '/',
    query: {},
    headers: { host: endpoint.host, ...headers },
    body,
  });
  const { host: _, ...sent } = request.headers;
  const response = await fetch(endpoint, { method: 'POST', headers: sent, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${service} answered ${response.status}: ${text.slice(0, 500)}`);
  return text;
}

/** Texts of every element of a name. */
export const elements = (xml: string, name: string): readonly string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
