import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import { ROOT } from '../service/project.ts';
import { listenHere } from './listening.ts';
import { LOCAL_ISSUER } from './synth.ts';

const ALGORITHM = 'ES256';

/** A working day, so that nobody has to fetch a new token in between. */
const LIFE_SECONDS = 12 * 3600;

/** Not in the repository: whoever has it can sign in to every local cloud of this clone, and to nothing else. */
const KEY_FILE = join(ROOT, '.holdfast', 'issuer.json');

/** Whom a token is for. */
export interface TokenRequest {
  readonly tenant: string;
  readonly subject: string;
  /** Separated by spaces. */
  readonly scopes: string;
  /** The application that it is for. @default `local` */
  readonly client?: string;
  /** @default 12 hours */
  readonly expiresInSeconds?: number;
}

/** An access token that every local cloud of this clone accepts. */
export async function mintToken({
  tenant,
  subject,
  scopes,
  client = 'local',
  expiresInSeconds = LIFE_SECONDS,
}: TokenRequest): Promise<string> {
  const jwk = await privateKey();
  const now = Math.floor(Date.now() / 1000);
  return new SignJWT({ tenant, client_id: client, scope: scopes })
    .setProtectedHeader({ alg: ALGORITHM, kid: jwk.kid ?? '', typ: 'at+jwt' })
    .setIssuer(LOCAL_ISSUER.issuer)
    .setAudience(LOCAL_ISSUER.audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + expiresInSeconds)
    .sign(await importJWK(jwk, ALGORITHM));
}

/** Serves the issuer's public key, as any OIDC issuer does (RFC 7517). */
export async function startIssuer(): Promise<{ readonly jwksUri: string; close(): void }> {
  const { d: _, ...publicKey } = await privateKey();
  const server = createServer((_request, response) => {
    response
      .writeHead(200, { 'Content-Type': 'application/jwk-set+json' })
      .end(JSON.stringify({ keys: [publicKey] }));
  });
  const url = await listenHere(server);
  return {
    jwksUri: `${url}/jwks.json`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The key, made by whoever needs it first. */
async function privateKey(): Promise<JWK> {
  const existing = await readFile(KEY_FILE, 'utf8').catch(() => '');
  if (existing !== '') return JSON.parse(existing);
  const pair = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = { ...(await exportJWK(pair.privateKey)), alg: ALGORITHM, use: 'sig' };
  const text = JSON.stringify({ ...jwk, kid: await calculateJwkThumbprint(jwk) });
  await mkdir(join(ROOT, '.holdfast'), { recursive: true });
  // It is there whole or not at all, whoever is interrupted; made by two at once, the first one's stands.
  const unfinished = `${KEY_FILE}.${randomUUID()}`;
  await writeFile(unfinished, text, { mode: 0o600 });
  await link(unfinished, KEY_FILE).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(unfinished);
  return JSON.parse(await readFile(KEY_FILE, 'utf8'));
}
