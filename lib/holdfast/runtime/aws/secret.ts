import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { clientSettings } from './client-settings.ts';

/** Label of a version of a secret: rotation moves it on, and leaves the one before for a while. */
export type VersionStage = 'AWSCURRENT' | 'AWSPREVIOUS';

/** A secret that is rotated is known everywhere after so long, without a deployment, even if nothing fails before. */
const FRESH_MS = 5 * 60_000;

const client = new SecretsManagerClient(clientSettings);

interface Known {
  readonly value: string | undefined;
  readonly at: number;
}

const known = new Map<string, Known>();
const reading = new Map<string, Promise<Known>>();

/**
 * The value of a secret's version; blanks around it, such as the last line break of a file, do not count.
 * @param maxAgeMs how old a value that is known already may be. @default five minutes
 * @returns undefined where there is no secret, no version or no text in it
 * @throws whatever the SDK throws, when it cannot be told
 */
export async function readSecret(
  id: string,
  stage: VersionStage,
  maxAgeMs = FRESH_MS,
): Promise<string | undefined> {
  const key = `${stage} ${id}`;
  const cached = known.get(key);
  if (cached !== undefined && Date.now() - cached.at < maxAgeMs) return cached.value;
  const started = reading.get(key) ?? fetchSecret(id, stage).finally(() => reading.delete(key));
  reading.set(key, started);
  const found = await started;
  // That there is no value to use is asked again each time: somebody may just have given it one.
  if (found.value === undefined && stage === 'AWSCURRENT') known.delete(key);
  else known.set(key, found);
  return found.value;
}

async function fetchSecret(id: string, stage: VersionStage): Promise<Known> {
  const at = Date.now();
  try {
    const { SecretString } = await client.send(
      new GetSecretValueCommand({ SecretId: id, VersionStage: stage }),
    );
    return { value: SecretString?.trim() || undefined, at };
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { value: undefined, at };
    throw error;
  }
}
