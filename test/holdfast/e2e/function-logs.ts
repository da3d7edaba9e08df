import { readable } from '../../../lib/holdfast/local/functions/log.ts';
import { ask } from './account.ts';

/** As many as a person reads. */
const MOST_LINES = 60;

/** What the functions have to say of what went wrong: their newest warnings and errors, oldest first. */
export async function functionLogs(endpoint: string): Promise<string> {
  const logs = async (operation: string, input: object) =>
    JSON.parse(
      await ask(endpoint, 'logs', { target: `Logs_20140328.${operation}`, body: JSON.stringify(input) }),
    );
  const { logGroups } = (await logs('DescribeLogGroups', {})) as { logGroups: { logGroupName: string }[] };
  const events: { timestamp: number; message: string }[] = [];
  for (const { logGroupName } of logGroups)
    events.push(...(await logs('FilterLogEvents', { logGroupName })).events);
  return events
    .toSorted((a, b) => a.timestamp - b.timestamp)
    .map(({ message }) => readable(message.trim()) ?? '')
    .filter((line) => /^(WARN|ERROR)|Error/.test(line))
    .slice(-MOST_LINES)
    .join('\n');
}
