import * as kit from './kit-calls.ts';
import { linesWritten } from './lines-written.ts';

/** Has an adapter do its work as the kit does, without what that logs. */
export const callPartner: typeof kit.callPartner = async (...call) => {
  const outcomes: Awaited<ReturnType<typeof kit.callPartner>>[] = [];
  await linesWritten(async () => outcomes.push(await kit.callPartner(...call)));
  return outcomes[0] ?? { kind: 'unknown' };
};
