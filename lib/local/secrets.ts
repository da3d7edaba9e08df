import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ResolvedResource, secretArn } from './template.ts';

/** Secrets Manager, as far as functions ask it: what each secret of the templates holds. */
export class LocalSecrets {
  readonly #values = new Map<string, string>();
  readonly #server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { SecretId = '' } = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const SecretString = this.#values.get(SecretId);
    const answer =
      SecretString === undefined
        ? { __type: 'ResourceNotFoundException', message: `there is no secret ${SecretId}` }
        : { ARN: SecretId, SecretString };
    response
      .writeHead(SecretString === undefined ? 400 : 200, { 'Content-Type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify(answer));
  });

  /** Gives each secret its value: that of the partner it is shared with. */
  update(secrets: readonly ResolvedResource[], valueFor: (partner: string) => string): void {
    for (const { logicalId, metadata } of secrets) {
      const { partner = '' } = (metadata.holdfast ?? {}) as { partner?: string };
      this.#values.set(secretArn(logicalId), valueFor(partner));
    }
  }

  /** @returns its URL */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
