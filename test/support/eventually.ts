import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

/** How long something may take, and how often it is looked at. */
interface Patience {
  /** @default two minutes, far more than a loaded machine takes */
  readonly withinMs?: number;
  /** @default 20 */
  readonly everyMs?: number;
}

/**
 * Looks again until what is seen will do.
 * @param awaited what is waited for, as in "the history to be complete"
 * @returns what was seen last
 * @throws Error that says what was waited for, and what was seen instead
 */
export async function eventually<T>(
  awaited: string,
  look: () => Promise<T> | T,
  isEnough: (seen: T) => boolean,
  { withinMs = 120_000, everyMs = 20 }: Patience = {},
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isEnough(seen)) return seen;
    if (performance.now() > end)
      throw new Error(
        `waited ${withinMs / 1000} s for ${awaited}; the last that was seen is ${inspect(seen)}`,
      );
    await delay(everyMs);
  }
}
