import { jest } from '@jest/globals';

/** What is done in this process in two days from now: its date is another one, and its timers go on as they are. */
export async function twoDaysLater<T>(act: () => Promise<T>): Promise<T> {
  jest.useFakeTimers({
    now: Date.now() + 2 * 86_400_000,
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
