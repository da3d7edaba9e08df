import { expect, test } from '@jest/globals';
import { promisedTexts, readPromised } from '../../../../lib/holdfast/contract/committed.ts';

const older = { info: { version: '2026-05-01' }, paths: {} };
const newer = { info: { version: '2026-11-01' }, paths: {} };
const promised = {
  documents: new Map([
    ['2026-05-01', older],
    ['2026-11-01', newer],
  ]),
  defaults: { dev: '2026-11-01', production: '2026-05-01', staging: '2026-11-01' },
};

test('a contract that is recorded is read as it was, the version that each stage speaks included', () => {
  expect(readPromised(promisedTexts(promised))).toEqual(promised);
});

test('a contract is a file for each version, and no other', () => {
  expect([...promisedTexts(promised).keys()]).toEqual([
    'lib/recorded/contract/2026-05-01.json',
    'lib/recorded/contract/2026-11-01.json',
  ]);
});

test('a contract of a release that kept the defaults in a file of their own is read as it was', () => {
  const files = new Map([
    ['lib/recorded/contract/2026-05-01.json', JSON.stringify(older)],
    ['lib/recorded/contract/2026-11-01.json', JSON.stringify(newer)],
    ['lib/recorded/contract/defaults.json', JSON.stringify(promised.defaults)],
  ]);

  expect(readPromised(files)).toEqual(promised);
});
