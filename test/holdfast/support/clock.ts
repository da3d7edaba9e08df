import { jest } from '@jest/globals';

/** What is done in this process in two days from now. */
export const twoDaysLater = <T>(act: () => Promise<T>): Promise<T> => at(Date.now() + 2 * 86_400_000, act);

/** What is done in this process at one moment: its date stands still, and its timers go on as they are. */
export async function at<T>(now: number, act: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({
    now,
    doNotFake: [
      'hrtime',
      'nextTick',
      'performance',
      'queueMicrotask',
      'setImmediate',
      'clearImmediate',
      'setInterval',
      'clearInterval',
      'setTimeout',
      'clearTimeout',
    ],
  });
  try {
    return await act();
  } finally {
    jest.useRealTimers();
  }
}
