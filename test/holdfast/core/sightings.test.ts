import { expect, test } from '@jest/globals';
import { Sightings } from '../../../lib/holdfast/core/versions/sightings.ts';

const line = (members: object) =>
  JSON.stringify({ _aws: {}, timestamp: '2026-11-29T23:59:59.999Z', ...members });
const mobile = { apiVersion: '2026-05-01', client: 'mobile-app', VersionRequests: 1 };

const seen = (...lines: string[]) => {
  const sightings = new Sightings();
  for (const each of lines) sightings.add(each);
  return JSON.parse(JSON.stringify(sightings));
};

test('requests are summed up by version, client and day', () => {
  const nextDay = { timestamp: '2026-11-30T00:00:00.000Z' };

  expect(
    seen(
      line(mobile),
      line(mobile),
      line({ ...mobile, client: 'back-office' }),
      line({ ...mobile, ...nextDay }),
    ),
  ).toEqual([
    { version: '2026-05-01', client: 'mobile-app', day: '2026-11-29', requests: 2 },
    { version: '2026-05-01', client: 'back-office', day: '2026-11-29', requests: 1 },
    { version: '2026-05-01', client: 'mobile-app', day: '2026-11-30', requests: 1 },
  ]);
});

test.each([
  ['words of a person', 'started'],
  ['half a line', line(mobile).slice(0, -5)],
  ['another metric', line({ Accepted: 1 })],
  ['a log line that has version and client', JSON.stringify({ level: 'INFO', ...mobile })],
  ['a line without a client', line({ ...mobile, client: undefined })],
])('%s tell of nobody', (_, other) => {
  expect(seen(other)).toEqual([]);
});
