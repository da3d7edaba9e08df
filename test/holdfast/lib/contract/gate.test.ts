import { describe, expect, test } from '@jest/globals';
import { gateChanges } from '../../../../lib/holdfast/contract/gate.ts';

describe('what clients were promised', () => {
  const documents = (...versions: string[]) =>
    new Map(versions.map((version) => [version, { info: { version, 'x-sunset': '2027-11-01' }, paths: {} }]));
  const promised = { documents: documents('2026-05-01'), defaults: { dev: '2026-05-01' } };

  test('holds until a version has ended', () => {
    const none = { documents: documents(), defaults: promised.defaults };

    expect(gateChanges(promised, none, '2027-10-31')).toMatchObject([
      { breaking: true, sentence: 'a client of version 2026-05-01 is refused everything: it is gone' },
    ]);
    expect(gateChanges(promised, none, '2027-11-01')).toMatchObject([{ breaking: false }]);
  });

  test('holds for those who name no version', () => {
    const moved = { ...promised, defaults: { dev: '2026-11-01', test: '2026-11-01' } };

    expect(gateChanges(promised, moved, '2026-11-25')).toMatchObject([
      {
        breaking: true,
        sentence:
          'a client of stage dev that names no version is spoken to in 2026-11-01, and was in 2026-05-01',
      },
      { breaking: false },
    ]);
  });
});
