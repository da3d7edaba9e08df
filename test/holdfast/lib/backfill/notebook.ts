import {
  BatchWriteItemCommand,
  DeleteTableCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { type Backfilling, backfill } from '../../../../lib/holdfast/backfill/backfill.ts';
import { localClient } from '../../../../lib/holdfast/local/dynamodb/dynamodb.ts';
import { read, write } from '../../../../lib/holdfast/runtime/aws/attributes.ts';
import { RECORDS as TableName } from '../../support/items.ts';
import { startProxiedTable } from '../../support/proxied-table.ts';
import { createTable } from '../../support/store-table.ts';
import { note, notesWith, titled } from './notes.ts';

/** So many notes are there when a test begins, as a release without capabilities has left them. */
export const COUNT = 100;

/** The notes of a test file, in a table of their own, anew for each test. */
export class Notebook {
  readonly notes = notesWith(titled);
  /** Calls of the client since it was emptied, by their commands. */
  readonly names: string[] = [];
  /** Told of each call before it is made. */
  asked: (command: string) => unknown = () => undefined;
  #client: DynamoDBClient | undefined;
  #url = '';

  /** Where each test of a file has its own: hooks make it, and take it away. */
  static inThisFile(): Notebook {
    const book = new Notebook();
    let close: () => Promise<void>;
    beforeAll(async () => {
      ({ emulator: book.#url, close } = await startProxiedTable());
      book.#client = book.#heard();
    });
    afterAll(async () => {
      book.#client?.destroy();
      await close();
    });
    beforeEach(() => book.#begin());
    return book;
  }

  /** Of which nobody is told. */
  clientOf = (): DynamoDBClient => localClient(this.#url);

  table = () => {
    if (this.#client === undefined) throw new Error('the table is there once tests run');
    return { client: this.#client, TableName };
  };

  through = (more: Partial<Backfilling> = {}) =>
    backfill({ ...this.table(), resources: [this.notes], rate: Number.POSITIVE_INFINITY, ...more });

  countOf = (command: string): number => this.names.filter((name) => name === command).length;

  get = async (pk: string): Promise<Readonly<Record<string, unknown>>> => {
    const { Item = {} } = await this.table().client.send(
      new GetItemCommand({ TableName, Key: write({ pk }) }),
    );
    return read(Item);
  };

  put = (item: object) => this.table().client.send(new PutItemCommand({ TableName, Item: write(item) }));

  #heard(): DynamoDBClient {
    const client = this.clientOf();
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        async (args) => {
          this.names.push(commandName);
          await this.asked(commandName);
          return next(args);
        },
      { step: 'initialize' },
    );
    return client;
  }

  async #begin(): Promise<void> {
    const { client } = this.table();
    this.asked = () => undefined;
    await client.send(new DeleteTableCommand({ TableName })).catch(() => undefined);
    await createTable(client, TableName, 'pk');
    for (let from = 0; from < COUNT; from += 25)
      await client.send(
        new BatchWriteItemCommand({
          RequestItems: {
            [TableName]: Array.from({ length: 25 }, (_, i) => ({
              PutRequest: { Item: write(note(from + i)) },
            })),
          },
        }),
      );
    this.names.length = 0;
  }
}
