import { expect, jest, test } from '@jest/globals';
import { chunksWritten } from '../support/written.ts';

Object.assign(process.env, {
  STAGE: 'test',
  POWERTOOLS_SERVICE_NAME: 'payouts-approve',
  POWERTOOLS_LOG_LEVEL: 'INFO',
  _X_AMZN_TRACE_ID: 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
});

const { Logger } = await import('@aws-lambda-powertools/logger');
const { logger, quietly } = await import('../../../lib/holdfast/runtime/aws/log.ts');
const theirs = new Logger();

const written = chunksWritten();

/** What both write of the same; of an error theirs tells its first place as well, which its stack begins with. */
const both = (act: (on: Pick<typeof logger, 'info' | 'warn' | 'error'>) => void) => {
  act(logger);
  act({
    info: (message, members) => theirs.info(message, members),
    warn: (message, members) => theirs.warn(message, members),
    error: (message, members) => theirs.error(message, members),
  });
  const [own = '', other = ''] = written;
  const plain = (line: string) =>
    JSON.parse(line, (name, value) =>
      ['location', 'sampling_rate', 'timestamp'].includes(name) ? undefined : value,
    );
  return { lines: written.length, own: plain(own), other: plain(other) };
};

const itself: Record<string, unknown> = { code: 'E_HELD' };
itself.self = itself;
const cause = new RangeError('too far', { cause: 'a text' });
const fault = Object.assign(new TypeError('no', { cause }), {
  $metadata: { attempts: 3 },
  itself,
  size: 10n,
});

test.each<[string, Parameters<typeof both>[0]]>([
  ['an answer', (on) => on.info('answered', { requestId: 'r-1', status: 200, extendedRequestId: undefined })],
  ['a warning', (on) => on.warn('no outcome', { partner: 'bank', mode: 'call' })],
  [
    'a failure with its error, the causes of it and what it carries',
    (on) => on.error('failed', { error: fault }),
  ],
  [
    'a failure that is told in words',
    (on) => on.error('failed', { error: 'text', list: [1n, undefined, null] }),
  ],
])('%s is logged as Powertools logs it', (_, act) => {
  const { lines, own, other } = both(act);

  expect(lines).toBe(2);
  expect(own).toEqual(other);
  expect(own).toMatchObject({
    service: 'payouts-approve',
    xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793',
  });
});

test('a line ends, and has its time as RFC 3339 has it', () => {
  logger.info('answered', {});

  expect(written[0]).toMatch(/^\{"level":"INFO","message":"answered","timestamp":"[-\d]+T[:.\d]+Z".*\}\n$/);
});

test.each([
  ['ERROR', ['failed']],
  ['warn', ['no outcome', 'failed']],
  ['CRITICAL', []],
  ['SILENT', []],
  ['VERBOSE', ['answered', 'no outcome', 'failed']],
])('at POWERTOOLS_LOG_LEVEL=%s, %j are logged', async (level, logged) => {
  process.env.POWERTOOLS_LOG_LEVEL = level;
  jest.resetModules();
  const { logger: own } = await import('../../../lib/holdfast/runtime/aws/log.ts');

  own.info('answered', {});
  own.warn('no outcome', {});
  own.error('failed', {});

  expect(written.map((line) => JSON.parse(line).message)).toEqual(logged);
});

test.each<[string, () => Promise<unknown>]>([
  ['ends', async () => logger.info('answered', {})],
  ['fails', () => Promise.reject(new Error('no'))],
  [
    'fails at once',
    () => {
      throw new Error('no');
    },
  ],
])('nothing is written while something is quiet, and all that comes after it %s', async (_, act) => {
  await quietly(act);
  expect(written).toEqual([]);

  logger.info('answered', {});
  expect(written).toHaveLength(1);
});

test.each<[string, unknown]>([
  [
    'an error with a getter that throws',
    Object.defineProperty(new Error('no'), 'code', {
      enumerable: true,
      get: () => {
        throw new Error('held');
      },
    }),
  ],
  [
    'an object whose toJSON throws',
    {
      toJSON: () => {
        throw new Error('held');
      },
    },
  ],
  [
    'a proxy whose traps throw',
    new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('held');
        },
      },
    ),
  ],
])('%s costs its line that member, and nobody an answer', (_, error) => {
  logger.error('failed', { requestId: 'r-1', status: 500, error });

  expect(written.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'ERROR', message: 'failed', requestId: 'r-1', status: 500, error: 'held' },
  ]);
});

test('the errors of an AggregateError are told, of which Node makes one where no address of a host can be reached', () => {
  logger.error('failed', { error: new AggregateError([new Error('refused')], '') });

  expect(JSON.parse(written[0] ?? '')).toMatchObject({
    error: {
      name: 'AggregateError',
      errors: [{ message: 'refused', stack: expect.stringContaining('refused') }],
    },
  });
});
