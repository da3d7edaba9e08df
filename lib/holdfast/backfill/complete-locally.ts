import { fork } from 'node:child_process';
import { once } from 'node:events';
import { extname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type DynamoDBClient, paginateScan, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { StackTemplate } from '../cdk/templates/templates.ts';
import { backfillKey, idOf } from '../core/store/keys.ts';
import { write } from '../runtime/aws/attributes.ts';
import { ROOT } from '../service/project.ts';
import { completedRules, forgetGone, recordCompleted } from './completed.ts';
import type { Table } from './table.ts';

/** Name of the table on this machine: its logical id. */
export const LOCAL_TABLE = 'RecordsTable';

/**
 * Gives the items of a table on this machine what the release that is served keeps with each: there is no release beside it, so nothing has to be waited
 * for. A table without items needs nothing. What cannot be gone through, as what a later release has written, does not keep the others from being
 * served: its lists are refused.
 * @param client is destroyed
 */
export async function completeLocally(
  client: DynamoDBClient,
  templates: readonly StackTemplate[],
  print: (line: string) => void,
): Promise<void> {
  const table = { client, TableName: LOCAL_TABLE };
  try {
    const all = templates.flatMap(({ template }) => Object.entries(template.Metadata?.holdfast?.rules ?? {}));
    // What is served from now on writes by these rules, and by no other: one that comes back later is completed anew.
    await forgetGone(table, await recorded(table), Object.fromEntries(all));
    const isDone = await Promise.all(
      all.map(async ([name, rules]) => isDeepStrictEqual(await completedRules(table, { name }), rules)),
    );
    if (isDone.every(Boolean)) return;
    const { Items = [] } = await client.send(new ScanCommand({ TableName: LOCAL_TABLE, Limit: 1 }));
    if (Items.length === 0) {
      await Promise.all(all.map(([name, rules]) => recordCompleted(table, { name }, rules)));
      return;
    }
    print(`completing what is kept with ${all.map(([name]) => name).join(', ')}: npm run backfill`);
    const { protocol, hostname, port } = (await client.config.endpoint?.()) ?? {};
    await inChild(`${protocol}//${hostname}:${port}`, print);
  } finally {
    client.destroy();
  }
}

/** Resources of which something has been recorded as complete, whether or not there is a rule of them still. */
async function recorded({ client, TableName }: Table): Promise<readonly string[]> {
  const begins = { FilterExpression: 'begins_with(pk, :prefix)', ConsistentRead: true };
  const ExpressionAttributeValues = write({ ':prefix': backfillKey({ name: '' }) });
  const names: string[] = [];
  for await (const { Items = [] } of paginateScan(
    { client },
    { TableName, ...begins, ExpressionAttributeValues },
  ))
    names.push(...Items.map(({ pk }) => idOf(pk?.S ?? '')));
  return names;
}

/** A definition that is written anew has to be loaded anew, which a process of its own does. */
async function inChild(url: string, print: (line: string) => void): Promise<void> {
  const file = join(import.meta.dirname, `backfill-child${extname(import.meta.filename)}`);
  const child = fork(file, [url], {
    cwd: ROOT,
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit').then(([code]) => [{ fault: `the backfill ended with code ${code}` }]);
  const [answer] = await Promise.race([once(child, 'message'), ended]);
  await ended;
  const {
    fault,
    lines = [`lists that are not complete are refused until npm run backfill has gone through: ${fault}`],
  } = answer;
  for (const line of lines) print(line);
}
