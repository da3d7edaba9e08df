import { setTimeout as delay } from 'node:timers/promises';

/** Most requests a second, where the service under test has a throttle that a suite would meet. @default as many as come */
const { REQUESTS_PER_SECOND } = process.env;

let free = 0;

/** Waits until the next request may be sent. */
export async function turn(): Promise<void> {
  if (REQUESTS_PER_SECOND === undefined) return;
  const now = performance.now();
  const mine = Math.max(now, free);
  free = mine + 1_000 / Number(REQUESTS_PER_SECOND);
  await delay(mine - now);
}
