import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { REGION } from '../../template/template.ts';

/** A DynamoDB on this machine. */
export interface LocalDynamoDb {
  readonly url: string;
  close(): Promise<void>;
}

/** It is ready in 30 ms; one that is not after so long will never be. */
const START_TIMEOUT_MS = 5_000;

/**
 * Starts Dynoxide, with its data in the folder given.
 * @throws Error that says how to get it, where there is none for this machine
 */
export async function startDynamoDb(folder: string): Promise<LocalDynamoDb> {
  const binary = findBinary();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const args = [
    'serve',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--db-path',
    join(folder, 'dynamodb.sqlite'),
  ];
  // A pipe that we hold open: when we die, however suddenly, `cat` ends and the emulator is ended with it.
  const guard = '"$@" >/dev/null & emulator=$!; cat >/dev/null; kill $emulator; wait $emulator';
  const child = spawn('sh', ['-c', guard, 'sh', binary, ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
    detached: true,
  });
  const ended = once(child, 'close');
  const complaints: string[] = [];
  child.stderr.on('data', (data: Buffer) => complaints.push(data.toString()));
  const close = async () => {
    child.stdin.destroy();
    await ended;
  };
  let isOver = false;
  child.once('exit', () => {
    isOver = true;
  });
  if (!(await isReady(url, () => isOver))) {
    await close();
    throw new Error(
      `dynoxide did not start on port ${port}: ${complaints.join('').trim() || 'it said nothing'}`,
    );
  }
  indexStream(join(folder, 'dynamodb.sqlite'));
  return { url, close };
}

/**
 * Dynoxide 1.2 numbers a stream's records by the highest number so far, which it looks for in all of them: without an
 * index, each write takes longer than the one before.
 */
function indexStream(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(
    'CREATE INDEX IF NOT EXISTS _local_seq ON _stream_records(table_name, CAST(sequence_number AS INTEGER))',
  );
  database.close();
}

/**
 * A DynamoDB that runs already.
 * @throws Error when none answers there
 */
export async function useDynamoDb(url: string): Promise<LocalDynamoDb> {
  if (await isReady(url)) return { url, close: async () => undefined };
  throw new Error(`no DynamoDB answers at DYNAMODB_ENDPOINT ${url}; start one there, or unset it`);
}

/**
 * A client of a DynamoDB on this machine.
 * @param maxAttempts @default 3: a connection that was idle may have been closed at the other end
 */
export const localClient = (endpoint: string, maxAttempts = 3): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts,
  });

function findBinary(): string {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'dynoxide'));
  const packaged = packagedBinary();
  const found = [...(packaged === undefined ? [] : [packaged]), ...onPath].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    `there is no dynoxide for ${process.platform} on ${process.arch}; install one on the PATH, or set DYNAMODB_ENDPOINT to a DynamoDB Local`,
  );
}

/** npm installs it where there is a package for the machine. */
function packagedBinary(): string | undefined {
  try {
    return fileURLToPath(new URL('./dynoxide', import.meta.resolve('@dynoxide/linux-x64/package.json')));
  } catch {
    return undefined;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address === 'string' || address === null) throw new Error('no port of 127.0.0.1 is free');
  return address.port;
}

async function isReady(url: string, isOver = () => false): Promise<boolean> {
  const client = localClient(url, 1);
  try {
    for (const start = Date.now(); Date.now() - start < START_TIMEOUT_MS && !isOver(); await delay(10)) {
      const answered = await client.send(new ListTablesCommand({ Limit: 1 })).then(
        () => true,
        () => false,
      );
      if (answered) return true;
    }
    return false;
  } finally {
    client.destroy();
  }
}
