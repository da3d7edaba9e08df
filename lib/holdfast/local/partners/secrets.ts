import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { type ResolvedResource, secretArn } from '../../template/template.ts';
import { listenHere } from '../listening.ts';
import type { SecretLabel } from './made-up-secrets.ts';

/** A version of a secret. */
interface Version {
  readonly id: string;
  readonly value: string;
}

interface StoredSecret {
  readonly name: string;
  readonly arn: string;
  /** By the label of each. */
  readonly stages: Map<string, Version>;
}

type Input = Readonly<Record<string, unknown>>;

/** A refusal, as Secrets Manager answers it. */
class Refusal extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/** Secrets Manager, as far as functions ask it: the secrets of the templates, by name or ARN, and their versions by stage. */
export class LocalSecrets {
  readonly #secrets = new Map<string, StoredSecret>();
  readonly #server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
    try {
      answer(200, this.#answer(operation, JSON.parse(Buffer.concat(chunks).toString() || '{}')));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      answer(400, { __type: name, message });
    }
  });

  /**
   * Makes the secrets of the templates; those that there are keep their values, as a deployment leaves them.
   * @param valueFor the first value of each; undefined for one that has none yet
   */
  update(secrets: readonly ResolvedResource[], valueFor: (label: SecretLabel) => string | undefined): void {
    for (const { logicalId, properties, metadata } of secrets) {
      const name = String(properties.Name ?? logicalId);
      const arn = secretArn(name);
      if (this.#secrets.has(arn)) continue;
      this.#secrets.set(arn, { name, arn, stages: new Map() });
      const value = valueFor(metadata.holdfast as SecretLabel);
      if (value !== undefined) this.put(name, value);
    }
  }

  /**
   * Gives a secret its next value: the one before stays for whoever asks for AWSPREVIOUS.
   * @param id name or ARN
   * @throws Error where there is no such secret
   */
  put(id: string, value: string): void {
    const { stages } = this.#secret(id);
    const current = stages.get('AWSCURRENT');
    if (current !== undefined) stages.set('AWSPREVIOUS', current);
    stages.set('AWSCURRENT', { id: randomUUID(), value });
  }

  #answer(operation: string, input: Input): unknown {
    if (operation === 'GetSecretValue') return this.#getValue(input);
    if (operation === 'DescribeSecret') return this.#describe(input);
    throw new Refusal('UnknownOperationException', `the local cloud does not know ${operation}`);
  }

  #describe(input: Input): unknown {
    const { name, arn, stages } = this.#secret(String(input.SecretId));
    const versions = [...stages].map(([label, { id }]) => [id, [label]]);
    return {
      ARN: arn,
      Name: name,
      ...(versions.length > 0 && { VersionIdsToStages: Object.fromEntries(versions) }),
    };
  }

  #getValue(input: Input): unknown {
    const { name, arn, stages } = this.#secret(String(input.SecretId));
    const { VersionStage: stage = 'AWSCURRENT' } = input;
    const version = stages.get(String(stage));
    if (version === undefined) {
      throw new Refusal(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    }
    return {
      ARN: arn,
      Name: name,
      VersionId: version.id,
      SecretString: version.value,
      VersionStages: [...stages].flatMap(([label, { id }]) => (id === version.id ? [label] : [])),
    };
  }

  #secret(id: string): StoredSecret {
    const secret = this.#secrets.get(id.startsWith('arn:') ? id : secretArn(id));
    if (secret !== undefined) return secret;
    throw new Refusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  }

  /** @returns its URL */
  async listen(): Promise<string> {
    return listenHere(this.#server);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
