import { createHash } from 'node:crypto';
import { type DynamoDBClient, ListTablesCommand, paginateScan } from '@aws-sdk/client-dynamodb';

/** What is stored under a key. */
interface StoredItem {
  readonly digest: string;
  /** That of a resource: `"3-c0mm"`. */
  readonly tag: string | undefined;
}

/** Every item of every table, by its table and key. */
export type Stored = ReadonlyMap<string, StoredItem>;

/** How many wait, and how often a partner is called: counts that reads and operations keep, and no effect of a request. */
const COUNTS = /^RecordsTable (waits|partners)#/;

/** What is stored now. */
export async function readStored(client: DynamoDBClient): Promise<Stored> {
  const stored = new Map<string, StoredItem>();
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
      for (const item of Items) {
        const keys = ['pk', 'sk', 'id'].flatMap((name) => item[name]?.S ?? []);
        const key = [TableName, ...keys].join(' ');
        const { version, commit } = item;
        const tag = version && commit && `"${version.N}-${commit.S}"`;
        if (!COUNTS.test(key)) stored.set(key, { digest: digest(item), tag });
      }
    }
  }
  return stored;
}

/** The emulator gives the members of a map in any order. */
const digest = (item: object) =>
  createHash('sha256')
    .update(
      JSON.stringify(item, (_, value) =>
        value instanceof Uint8Array
          ? Buffer.from(value).toString('base64')
          : Object.prototype.toString.call(value) === '[object Object]'
            ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
            : value,
      ),
    )
    .digest('base64');

/** Keys of what has been added, changed or removed. */
export const changedSince = (before: Stored, after: Stored): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => before.get(key)?.digest !== after.get(key)?.digest,
  );
