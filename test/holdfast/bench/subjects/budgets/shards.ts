import { hash } from 'node:crypto';

/**
 * The shard that a request goes to: one and the same for its key, since each shard remembers its own keys alone. Whoever
 * sends a retry to another one spends twice.
 */
export function shardOf(key: string, shards: readonly string[]): string {
  const shard = shards[Number.parseInt(hash('sha256', key).slice(0, 8), 16) % shards.length];
  if (shard === undefined) throw new Error('a budget without shards; name at least one');
  return shard;
}

/**
 * What is spent of all shards. They are read one by one, so it was true at no one moment: it is at least what was spent when
 * the first was read, and at most what was spent when the last was.
 */
export async function spentOf(
  shards: readonly string[],
  read: (shard: string) => Promise<{ readonly spent: number }>,
): Promise<number> {
  const budgets = await Promise.all(shards.map(read));
  return budgets.reduce((sum, { spent }) => sum + spent, 0);
}
