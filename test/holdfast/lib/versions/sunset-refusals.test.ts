import { describe, expect, test } from '@jest/globals';
import {
  nearerEnds,
  refusalOf,
  sunsetRefusals,
} from '../../../../lib/holdfast/cli/versions/sunset-refusals.ts';
import type { Usage } from '../../../../lib/holdfast/cli/versions/usage.ts';
import type { VersionPromises } from '../../../../lib/holdfast/core/versions/version-promises.ts';

const TODAY = '2026-11-30';
const MAY = '2026-05-01';
const NEWEST = '2026-11-01';

/** What the deployed release tells its clients. */
const told: VersionPromises = { [NEWEST]: {}, [MAY]: { sunset: '2027-11-01', noticeDays: 90 } };

const ends = (wanted: VersionPromises, today = TODAY) =>
  nearerEnds({ told, wanted, today }).map(({ name, end }) => [name, end]);

const may = (sunset: string, noticeDays = 90): VersionPromises => ({
  [NEWEST]: {},
  [MAY]: { sunset, noticeDays },
});

const seen = (client: string, day: string, version = MAY): Usage[number] => ({
  version,
  client,
  day,
  requests: 1,
});

describe('a version ends sooner than its clients were told', () => {
  test.each<[string, VersionPromises, string, string]>([
    ['when its sunset is moved nearer', may('2027-10-31'), `${MAY} sunset: 2027-10-31`, '2027-10-31'],
    ['today, when its sunset is moved into the past', may('2026-01-01'), `${MAY} sunset: 2026-01-01`, TODAY],
    ['today, when it is removed', { [NEWEST]: {} }, `${MAY} version: it is gone`, TODAY],
    [
      'when the newest one is given an end',
      { ...may('2027-11-01'), '2027-01-01': {}, [NEWEST]: { sunset: '2027-02-01', noticeDays: 5 } },
      `${NEWEST} sunset: 2027-02-01`,
      '2027-02-01',
    ],
    [
      'when the newest one is replaced without a file for it',
      { '2027-01-01': {}, [MAY]: { sunset: '2027-11-01', noticeDays: 90 } },
      `${NEWEST} version: it is gone`,
      TODAY,
    ],
  ])('%s', (_, wanted, name, end) => {
    expect(ends(wanted)).toEqual([[name, end]]);
  });

  test.each<[string, VersionPromises, string]>([
    ['stays', may('2027-11-01'), TODAY],
    ['is put off', may('2028-01-01'), TODAY],
    ['is over, and its version is removed', { [NEWEST]: {} }, '2027-11-01'],
    ['is over, and is moved further into the past', may('2027-01-01'), '2027-12-01'],
  ])('never where its end %s', (_, wanted, today) => {
    expect(ends(wanted, today)).toEqual([]);
  });
});

describe('an end that comes sooner', () => {
  const to = (end: string) => ({
    name: `${MAY} sunset: ${end}`,
    version: MAY,
    end,
    told: '2027-11-01',
    noticeDays: 90,
  });
  const evidence = (usage: Usage) => ({ stage: 'production', usage, today: TODAY });

  test('is refused with client, day, the earliest date and what accepts it', () => {
    const usage = [seen('mobile-app', '2026-11-29'), seen('back-office', '2026-10-01')];

    expect(sunsetRefusals([to('2026-12-31')], evidence(usage))).toEqual([
      "version 2026-05-01 would end on 2026-12-31, and its clients were told 2027-11-01: mobile-app used it on stage production, last on 2026-11-29; with 90 days of notice it can end on 2027-02-27 at the earliest; move it there, or accept it: npm run deploy -- --stage production --accept-breaking '2026-05-01 sunset: 2026-12-31'",
    ]);
  });

  test('may come on the day on which the notice of the last client has run, and not the day before', () => {
    const usage = evidence([seen('mobile-app', '2026-11-29'), seen('quarterly', '2026-09-01')]);

    expect(refusalOf(to('2027-02-27'), usage)).toBeUndefined();
    expect(refusalOf(to('2027-02-26'), usage)).toContain('2027-02-27 at the earliest');
  });

  test('may come at once where nobody has used it for as long as its notice, and others were counted all the time', () => {
    const usage = [seen('web', '2026-01-01', NEWEST), seen('mobile-app', '2026-08-01')];

    expect(refusalOf(to(TODAY), evidence(usage))).toBeUndefined();
  });

  test('is never to come later than clients were told', () => {
    const late = { ...to('2027-10-01'), told: '2027-11-01' };

    expect(
      refusalOf(late, { ...evidence([seen('mobile-app', '2027-09-30')]), today: '2027-09-30' }),
    ).toContain('it can end on 2027-11-01 at the earliest');
  });

  test('is refused where counting began too short a while ago, since a client that calls rarely was not heard of yet', () => {
    const usage = [seen('web', '2026-11-01', NEWEST)];

    expect(refusalOf(to('2027-01-01'), evidence(usage))).toMatch(
      /nobody has used it on stage production since 2026-11-01, and what came before was not counted; .* 2027-01-30 at the earliest$/,
    );
  });

  test('is refused where nothing was counted, since that does not tell that nobody uses it', () => {
    expect(refusalOf(to('2027-01-01'), evidence([]))).toMatch(
      /nothing has been counted on stage production, which does not tell that nobody uses it; .* 2027-02-28 at the earliest$/,
    );
  });

  test('names every client of the last day', () => {
    const usage = [seen('b', '2026-11-29'), seen('a', '2026-11-29'), seen('c', '2026-11-28')];

    expect(refusalOf(to('2026-12-01'), evidence(usage))).toContain('a and b used it');
  });
});

test('a release that cuts the notice as well is held to the notice that clients were told', () => {
  const [end] = nearerEnds({ told, wanted: may('2026-12-31', 1), today: TODAY });

  expect(end).toMatchObject({ noticeDays: 90 });
});
