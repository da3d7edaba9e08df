import { expect, test } from '@jest/globals';
import { drawnSession, PICTURE, textOf } from '../docs/generated.ts';
import { structureOf } from '../docs/picture.ts';

test('the picture of the README is what a session draws: npm run readme -- --picture holds one and draws it', async () => {
  const drawn = await drawnSession();

  expect(structureOf(drawn)).toBe(structureOf(await textOf(PICTURE)));
});
