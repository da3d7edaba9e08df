import { answersFor, readAnswer } from '../../core/partners/answers.ts';
import type { Partner, PartnerCommand } from '../../core/partners/define-partner.ts';
import { checkedOutcome, type Outcome } from '../../core/partners/outcome.ts';
import { logger } from '../aws/log.ts';
import { aborted } from './aborted.ts';
import { PartnerRequests } from './partner-requests.ts';
import { countUndeclared } from './undeclared.ts';

/**
 * Has an adapter send a command, or ask about it, and reads what comes back by what its partner declares. Whatever else
 * happens, and whatever else the adapter returns, is `unknown`.
 * @param url base URL of the partner
 * @param undeclared is called when it did answer, by what it has not declared. @default nobody asks
 */
export async function callPartner(
  partner: Partner,
  mode: 'send' | 'query',
  command: PartnerCommand,
  url: string,
  undeclared: () => void = () => undefined,
): Promise<Outcome> {
  const ending = new AbortController();
  const timer = setTimeout(
    () => ending.abort(new DOMException('its time is up', 'TimeoutError')),
    partner.timeoutMs,
  );
  const requests = new PartnerRequests({ partner, url, mode, command, signal: ending.signal });
  try {
    const made = partner[mode]?.(command, { request: requests.request });
    const reply = await Promise.race([made, aborted(ending.signal)]);
    const answers = answersFor(partner.answers, command.name);
    const believed = reply && requests.believed(reply);
    if (answers === undefined || believed === undefined)
      throw new Error('the adapter returned no reply of request(), or went on after one that it refused');
    const reading = readAnswer(answers, believed, mode);
    countUndeclared(partner, mode, reading, believed.status);
    if (reading.undeclared !== undefined) undeclared();
    return checkedOutcome(reading.outcome);
  } catch (error) {
    logger.warn('no outcome', { partner: partner.name, mode, error: redacted(error) });
    // A connection that does not come about in its time is the commonest way to be away.
    return { kind: ending.signal.aborted && !requests.begun ? 'unavailable' : 'unknown' };
  } finally {
    clearTimeout(timer);
    // What the adapter still has under way is given up, and nothing more is sent.
    ending.abort();
  }
}

/** An error may quote what a partner said, or what it was told. */
const redacted = (error: unknown) =>
  error instanceof Error
    ? { name: error.name.slice(0, 40), length: error.message.length }
    : { name: typeof error, length: 0 };
