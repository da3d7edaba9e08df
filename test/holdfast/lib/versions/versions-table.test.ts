import { describe, expect, test } from '@jest/globals';
import type { Usage } from '../../../../lib/holdfast/cli/versions/usage.ts';
import { versionsTable } from '../../../../lib/holdfast/cli/versions/versions-table.ts';

const TODAY = '2026-11-30';
const MAY = '2026-05-01';
const NEWEST = '2026-11-01';
const may = { version: MAY, deprecated: '2026-11-01', sunset: '2027-11-01' };

const seen = (version: string, client: string, day: string, requests = 1): Usage[number] => ({
  version,
  client,
  day,
  requests,
});

const table = (usage: Usage, older = [may], today = TODAY) =>
  versionsTable({ newest: NEWEST, older, usage, today });
const verdict = (usage: Usage, older = [may], today = TODAY) => table(usage, older, today).at(-1);

test('each client of each version has its last day, and what it sent in 30 days', () => {
  const usage = [
    seen(NEWEST, 'web', '2026-11-01', 4),
    seen(NEWEST, 'web', '2026-11-30', 1_200),
    seen(MAY, 'back-office', '2026-10-31', 7),
    seen(MAY, 'mobile-app', '2026-11-29', 31),
    seen(MAY, 'mobile-app', '2026-09-01', 5),
  ];

  expect(table(usage)).toEqual([
    'version     state                           client       last seen   requests in 30 days',
    '2026-11-01  current                         web          2026-11-30                1,204',
    '2026-05-01  deprecated, ends on 2027-11-01  mobile-app   2026-11-29                   31',
    '                                            back-office  2026-10-31                    0',
    '',
    'counted since 2026-09-01; days are in UTC',
    '2026-05-01 is still used by mobile-app, last on 2026-11-29: it may end on 2027-05-28, after 180 days of notice',
  ]);
});

describe('what is said of an older version', () => {
  test.each<[string, Usage, string]>([
    [
      'that nobody has used for as long as its notice',
      [seen(NEWEST, 'web', TODAY), seen(MAY, 'mobile-app', '2026-06-03')],
      '2026-05-01 may go: nobody has used it since 2026-06-03',
    ],
    [
      'whose last client was seen a day later',
      [seen(NEWEST, 'web', TODAY), seen(MAY, 'mobile-app', '2026-06-04')],
      '2026-05-01 is still used by mobile-app, last on 2026-06-04: it may end on 2026-12-01, after 180 days of notice',
    ],
    [
      'that nobody has used since counting began, too short a while ago',
      [seen(NEWEST, 'web', '2026-11-01')],
      '2026-05-01: nobody has used it since 2026-11-01, and what came before was not counted; it may end on 2027-04-30, after 180 days of notice',
    ],
    [
      'that nobody has used since counting began, long ago',
      [seen(NEWEST, 'web', '2026-01-01')],
      '2026-05-01 may go: nobody has used it since 2026-01-01',
    ],
    [
      'of a stage on which nothing was counted',
      [],
      '2026-05-01: whether anybody uses it is not known; it may end on 2027-05-29, after 180 days of notice',
    ],
  ])('%s', (_, usage, said) => {
    expect(verdict(usage)).toBe(said);
  });

  test('whose end is nearer than the notice of its last client is that it ends as told', () => {
    const soon = [{ ...may, sunset: '2026-12-31' }];

    expect(verdict([seen(MAY, 'mobile-app', TODAY)], soon)).toBe(
      '2026-05-01 is still used by mobile-app, last on 2026-11-30: it ends on 2026-12-31, as its clients were told',
    );
  });

  test('that has ended names the clients that still send it', () => {
    const ended = [{ ...may, sunset: '2026-11-15' }];
    const usage = [seen(MAY, 'a', '2026-11-14'), seen(MAY, 'b', '2026-11-15'), seen(MAY, 'c', '2026-11-20')];

    expect(verdict(usage, ended)).toBe(
      '2026-05-01 ended on 2026-11-15, and is still sent by c and b, last on 2026-11-20: all that they get is refused, but replays',
    );
    expect(verdict(usage.slice(0, 1), ended)).toBe('2026-05-01 may go: it ended on 2026-11-15');
  });
});

test('a stage on which nothing was counted is not said to have no clients', () => {
  expect(table([])).toContain('nothing has been counted yet, which does not tell that nobody calls');
});
