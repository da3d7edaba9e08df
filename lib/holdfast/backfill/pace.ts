import { setTimeout as delay } from 'node:timers/promises';

/** Waits until the next item may be gone on with. */
export type Pace = (isWritten: boolean) => Promise<void>;

/** To look at an item costs a tenth of what it costs to write one. */
const LOOK = 0.1;

/** A wait that is shorter than this takes longer to make than to wait. */
const LEAST_MS = 20;

/** So many writes a second at most, however many go through the table side by side. */
export function paceOf(rate: number): Pace {
  let freeAt = Date.now();
  return async (isWritten) => {
    freeAt = Math.max(freeAt, Date.now()) + (1_000 / rate) * (isWritten ? 1 : LOOK);
    const waitMs = freeAt - Date.now();
    if (waitMs >= LEAST_MS) await delay(waitMs);
  };
}
