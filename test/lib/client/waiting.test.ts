import { describe, expect, test } from '@jest/globals';
import { retryAfterMs, sleep } from '../../../lib/client/waiting.ts';

const asked = (value: string) => retryAfterMs(new Headers({ 'Retry-After': value }));

describe('Retry-After', () => {
  test('is a number of seconds, or a date', () => {
    const inTenSeconds = asked(new Date(Date.now() + 10_000).toUTCString());

    expect(asked('3')).toBe(3_000);
    expect(inTenSeconds).toBeGreaterThan(8_000);
    expect(inTenSeconds).toBeLessThanOrEqual(10_000);
  });

  test.each(['', 'soon', '-1', '1.5', 'Thu, 01 Jan 1970 00:00:00 GMT'])('asks for nothing as %j', (value) => {
    expect(asked(value)).toBe(0);
  });

  test('that is not there asks for nothing', () => {
    expect(retryAfterMs(undefined)).toBe(0);
    expect(retryAfterMs(new Headers())).toBe(0);
  });
});

describe('a sleep', () => {
  test('does not begin under a signal that was aborted', async () => {
    await expect(sleep(60_000, AbortSignal.abort('left'))).rejects.toBe('left');
  });

  test('leaves nothing on a signal that outlives it', async () => {
    const { signal } = new AbortController();
    const left = new Set<unknown>();
    const [add, remove] = [signal.addEventListener, signal.removeEventListener];
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      left.add(args[1]);
      add.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      left.delete(args[1]);
      remove.apply(signal, args);
    };

    await sleep(1, signal);

    expect(left.size).toBe(0);
  });
});
