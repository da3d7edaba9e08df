import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './request.ts';

/** Longest that a client keeps at one request. */
const PATIENCE_MS = 60_000;

/**
 * Sends as long as the answer is lost, or says to retry.
 * @throws Error with an answer that says anything else, or after a minute
 */
export async function insist(what: string, send: () => Promise<Answer>): Promise<Answer> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await send().catch(() => undefined);
    if (answer !== undefined && answer.status < 300) return answer;
    if (answer !== undefined && answer.json.recovery !== 'retry')
      throw new Error(`${what} was refused: ${answer.status} ${answer.text}`);
    if (Date.now() > until) throw new Error(`${what} got no answer: ${answer?.text}`);
  }
}

/** Most that a request is sent again of itself: more often, the service is down. */
const RETRIES = 5;

/** Sends again what a 503 says to retry, after the seconds that it names, as the contract tells clients to. */
export async function retried(send: () => Promise<Answer>): Promise<Answer> {
  let answer = await send();
  for (let i = 0; i < RETRIES && answer.status === 503 && answer.json.recovery === 'retry'; i++) {
    await delay(Number(answer.headers.get('Retry-After')) * 1_000);
    answer = await send();
  }
  return answer;
}
