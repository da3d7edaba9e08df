import type { DeclaredEntry, FunctionEntry } from './function-entry.ts';
import type { Grant, Needs } from './needs.ts';

/** A command, by its class and its input as source. */
interface Command {
  readonly name: 'GetItemCommand' | 'QueryCommand';
  readonly input: string;
}

/**
 * What a function that answers requests reads while Lambda makes it ready: nothing, in a place where its role lets it read.
 * The key of each item and of each list goes on after the type. Undefined for a function that nobody waits for.
 */
export function firstRead({ environment, grants }: Needs): Command | undefined {
  if (!environment.includes('ALLOW_ORIGIN')) return undefined;
  return grants.map(readBy).find((command) => command !== undefined);
}

/** What a grant lets it read, eventually consistent, which costs half a unit. */
function readBy({ actions, on }: Grant): Command | undefined {
  if (typeof on !== 'object' || !('table' in on) || on.table !== 'records') return undefined;
  const [key] = on.keys
    .filter((pattern) => pattern.endsWith('#*'))
    .map((pattern) => `{ S: '${pattern.slice(0, -1)}' }`);
  if (key === undefined) return undefined;
  const table = 'TableName: process.env.RECORDS_TABLE';
  if (actions.includes('dynamodb:GetItem'))
    return { name: 'GetItemCommand', input: `{ ${table}, Key: { pk: ${key} } }` };
  if (!actions.includes('dynamodb:Query') || on.index !== 'by-time') return undefined;
  const condition = `KeyConditionExpression: '#list = :list', ExpressionAttributeNames: { '#list': 'list' }`;
  const values = `ExpressionAttributeValues: { ':list': ${key} }`;
  return {
    name: 'QueryCommand',
    input: `{ ${table}, IndexName: '${on.index}', Limit: 1, ${condition}, ${values} }`,
  };
}

/** Files of the runtime that make a function ready. */
interface Readying {
  readonly connected: string;
  readonly rehearse: string;
}

/**
 * Source that makes a function ready, to be added to an entry, whose own names it does not touch: it reads first and, where
 * it is an action, runs once for nobody meanwhile. Empty where there is nothing to read.
 */
export function firstReadSource(
  entry: FunctionEntry | DeclaredEntry,
  { connected, rehearse }: Readying,
): string {
  const command = 'needs' in entry ? firstRead(entry.needs) : undefined;
  if (command === undefined) return '';
  const read = `
import { ${command.name} as FirstRead } from '@aws-sdk/client-dynamodb';
import { connected as readFirst } from ${JSON.stringify(connected)};
const isRead = readFirst(new FirstRead(${command.input}));
`;
  if (!entry.entry.endsWith('action-entry.ts')) return `${read}await isRead;\n`;
  return `${read}
import rehearsed, { transitions as withTransitions } from '@action';
import { rehearse } from ${JSON.stringify(rehearse)};
await Promise.all([isRead, rehearse(rehearsed, withTransitions)]);
`;
}
