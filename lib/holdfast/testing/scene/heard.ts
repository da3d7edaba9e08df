/** Attempts to be heard at all. */
const TRIES = 3;

/** What `fetch` says of a connection that was lost before an answer began, and within one. */
const LOST = ['fetch failed', 'terminated'];

/** By its name, and not its class: under Jest `fetch` throws the error of another realm, which is no instance of this one's. */
const isLostConnection = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'name' in error &&
  'message' in error &&
  error.name === 'TypeError' &&
  LOST.some((message) => message === error.message);

/** Tries again where this process was too busy to hold a connection to itself: what is lost so is on no way of AWS. */
export async function untilHeard<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isLostConnection(error) || tries === TRIES) throw error;
    }
  }
}
