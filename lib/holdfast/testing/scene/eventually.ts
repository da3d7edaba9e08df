import { setTimeout as delay } from 'node:timers/promises';
import { inspect } from 'node:util';

/** How long something may take, and how often it is looked at. */
interface Patience<T> {
  /** @default two minutes, far more than a loaded machine takes */
  readonly withinMs?: number;
  /** @default 20 */
  readonly everyMs?: number;
  /** What changes while it goes on: each change begins the bound anew, so that slow is not stuck. @default nothing does */
  readonly progress?: (seen: T) => unknown;
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
  { withinMs = 120_000, everyMs = 20, progress = () => undefined }: Patience<T> = {},
): Promise<T> {
  let end = performance.now() + withinMs;
  let last: unknown;
  for (;;) {
    const seen = await look();
    if (isEnough(seen)) return seen;
    const now = progress(seen);
    if (now !== last) end = performance.now() + withinMs;
    last = now;
    if (performance.now() > end)
      throw new Error(
        `waited ${withinMs / 1000} s for ${awaited}; the last that was seen is ${inspect(seen)}`,
      );
    await delay(everyMs);
  }
}
