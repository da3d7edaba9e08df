import type { ResolvedResource } from '../../template/template.ts';
import type { Invoke } from '../gateway/gateway.ts';

const UNITS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** A timer of more milliseconds fires at once; a rule that rests for longer runs every 24 days here. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Invokes the targets of the template's scheduled rules.
 * @param everySeconds in place of each rule's own rate
 * @returns ends that
 */
export function startSchedules(
  rules: readonly ResolvedResource[],
  invoke: Invoke,
  everySeconds: number | undefined,
  print: (line: string) => void,
): () => void {
  const timers = rules.flatMap(({ logicalId, properties }) => {
    const [, count, unit = ''] =
      /^rate\((\d+) (minute|hour|day)s?\)$/.exec(String(properties.ScheduleExpression)) ?? [];
    if (count === undefined)
      throw new Error(
        `rule ${logicalId}: the local cloud knows rate(…), not ${properties.ScheduleExpression}`,
      );
    const seconds = everySeconds ?? Number(count) * (UNITS[unit] ?? 60);
    return (properties.Targets ?? []).map(({ Arn }) => {
      const name = Arn.split(':').at(-1) ?? '';
      const event = JSON.stringify({ source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} });
      const tick = () => void invoke(name, event).catch((error: Error) => print(`${name}: ${error.message}`));
      return setInterval(tick, Math.min(seconds * 1000, LONGEST_TIMER_MS));
    });
  });
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}
