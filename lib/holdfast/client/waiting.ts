/** No answer keeps a client waiting longer: what asks for more is a mistake in a unit, and asking again hourly costs nothing. */
const LONGEST_MS = 3_600_000;

/** A timer of more milliseconds than 31 bits hold fires at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** IMF-fixdate (RFC 9110, section 5.6.7); `Date.parse` reads much else, `1.5` say, as some date. */
const DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Numbers of seconds; one that was sent more than once, or added to by a proxy, is a list. */
const SECONDS = /^\d+(?:\.\d+)?(?:\s*,\s*\d+(?:\.\d+)?)*$/;

/**
 * Milliseconds that `Retry-After` asks for, as seconds or as a date (RFC 9110, section 10.2.3), an hour at most; 0 where it is
 * not there, or says neither.
 */
export function retryAfterMs(headers: Headers | undefined): number {
  const value = headers?.get('Retry-After')?.trim() ?? '';
  return Math.min(LONGEST_MS, Math.max(0, askedMs(value)));
}

function askedMs(value: string): number {
  if (SECONDS.test(value)) return Math.ceil(Math.max(...value.split(',').map(Number)) * 1000);
  const at = DATE.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? 0 : at - Date.now();
}

/**
 * Resolves after a time, however long.
 * @throws the signal's reason, as soon as it is aborted
 */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let left = ms;
  do {
    await sleepOnce(Math.min(left, LONGEST_TIMER_MS), signal);
    left -= LONGEST_TIMER_MS;
  } while (left > 0);
}

function sleepOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
