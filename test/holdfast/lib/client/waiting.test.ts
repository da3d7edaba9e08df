import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { retryAfterMs, sleep } from '../../../../lib/holdfast/client/waiting.ts';
import { createClient } from '../../../../lib/recorded/client.ts';

const asked = (value: string) => retryAfterMs(new Headers({ 'Retry-After': value }));

describe('Retry-After', () => {
  test('is a number of seconds, or a date', () => {
    const inTenSeconds = asked(new Date(Date.now() + 10_000).toUTCString());

    expect(asked('3')).toBe(3_000);
    expect(inTenSeconds).toBeGreaterThan(8_000);
    expect(inTenSeconds).toBeLessThanOrEqual(10_000);
  });

  test.each([
    '',
    'soon',
    '-1',
    'NaN',
    'Infinity',
    '1e3',
    '0x10',
    '3000-01-01',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Thu, 99 Jan 3000 00:00:00 GMT',
  ])('F1: asks for nothing as %j', (value) => {
    expect(asked(value)).toBe(0);
  });

  test.each([
    ['1.5', 1_500],
    ['0.0001', 1],
    ['1, 3', 3_000],
    ['3,1', 3_000],
  ])('F1: asks for as long as it says at most, as %j', (value, ms) => {
    expect(asked(value)).toBe(ms);
  });

  test.each([
    '2147484',
    '4294968',
    '99999999999999999999',
    '9'.repeat(400),
    'Fri, 31 Dec 9999 23:59:59 GMT',
    '1, 2147484',
  ])('F1: asks for an hour at most as %j', (value) => {
    expect(asked(value)).toBe(3_600_000);
  });

  test('that is not there asks for nothing', () => {
    expect(retryAfterMs(undefined)).toBe(0);
    expect(retryAfterMs(new Headers())).toBe(0);
  });
});

describe('a sleep', () => {
  afterEach(() => {
    jest.useRealTimers();
  });

  test.each([2 ** 31 - 1, 2 ** 31, 2 ** 33])('F1: of %d ms takes as long', async (ms) => {
    jest.useFakeTimers();
    let isOver = false;
    const slept = sleep(ms, undefined).then(() => {
      isOver = true;
    });

    await jest.advanceTimersByTimeAsync(ms - 1);
    const early = isOver;
    await jest.advanceTimersByTimeAsync(1);
    await slept;

    expect(early).toBe(false);
  });

  test('F1: that never ends is ended by its signal', async () => {
    const leaving = new AbortController();
    const slept = sleep(Number.POSITIVE_INFINITY, leaving.signal);

    leaving.abort('left');

    await expect(slept).rejects.toBe('left');
  });

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

describe('a client', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const HOSTILE = ['2147484', '99999999999999999999', '0', '-1', 'NaN', 'Infinity', '1e9', '1, 2', ''];

  /** A service that says one thing for ever; how often it was asked. */
  const stubborn = (status: number, body: object, retryAfter: string) => {
    const times: number[] = [];
    const client = createClient({
      baseUrl: 'http://service.test',
      token: 'token',
      fetch: async () => {
        times.push(Date.now());
        return new Response(JSON.stringify(body), {
          status,
          headers: {
            'Content-Type': status < 400 ? 'application/json' : 'application/problem+json',
            ETag: '"1-a"',
            ...(retryAfter !== '' && { 'Retry-After': retryAfter }),
          },
        });
      },
    });
    return { client, times };
  };

  const problem = { code: 'temporarily-unavailable', status: 503, recovery: 'retry' };

  test.each(HOSTILE)(
    'F1: a call that is answered Retry-After: %s ends by its deadline, after few requests',
    async (value) => {
      const { client, times } = stubborn(503, problem, value);
      const begun = Date.now();
      let ended = 0;
      const called = client.payouts.get('po_1').then((result) => {
        ended = Date.now();
        return result;
      });

      await jest.advanceTimersByTimeAsync(120_000);

      expect(await called).toMatchObject({ ok: false, problem });
      expect(ended - begun).toBeLessThanOrEqual(60_000);
      expect(times.length).toBeLessThan(60);
    },
  );

  test.each(HOSTILE)(
    'F1: an operation that is not over is read at most twice a second at Retry-After: %s',
    async (value) => {
      const { client, times } = stubborn(200, { id: 'op_1', state: 'running' }, value);
      const leaving = new AbortController();
      const done = client.operation('op_1').done({ signal: leaving.signal });
      done.catch(() => undefined);

      await jest.advanceTimersByTimeAsync(10_000);
      leaving.abort('left');

      await expect(done).rejects.toBe('left');
      expect(times.length).toBeGreaterThan(0);
      expect(times.length).toBeLessThanOrEqual(21);
    },
  );
});
