import { expect, test } from '@jest/globals';
import { faultOfFaults, NO_FAULTS } from '../../../lib/holdfast/local/partners/faults.ts';
import { textOf } from './generated.ts';
import { membersOf } from './member-table.ts';

const SHOWN = `
export interface Shown<R extends object = object> {
  /** In kebab case. */
  readonly name: string;
  /**
   * What a status means; \`a | b\`
   * by itself. @default none
   */
  readonly http?: { readonly a: 'x' };
  /** Asks. */
  query?(name: string): void;
  readonly bare: string;
}
`;

test('a member of a definition is told in the words of its comment, with what holds without it', () => {
  const members = membersOf(SHOWN.replace('  readonly bare: string;\n', ''), 'Shown');

  expect(members).toEqual([
    { name: 'name', meaning: 'In kebab case.' },
    { name: 'http', meaning: 'What a status means; `a \\| b` by itself.', without: 'none' },
    { name: 'query', meaning: 'Asks.' },
  ]);
});

test('a member without a comment, and a definition that is not there, are refused by name', () => {
  expect(() => membersOf(SHOWN, 'Shown')).toThrow("'bare' of Shown has no comment; say what it means");
  expect(() => membersOf(SHOWN, 'Other')).toThrow("no interface or constant 'Other' there");
});

test('the table of faults has every fault that a simulated partner knows', async () => {
  const page = await textOf('docs/local-cloud.md');

  const missing = Object.keys(NO_FAULTS).filter((name) => !page.includes(`| \`${name}\` `));

  expect(missing).toEqual([]);
});

test('the faults that the page of the local cloud sends are faults', async () => {
  const page = await textOf('docs/local-cloud.md');

  const bodies = [...page.matchAll(/\/faults\/\w+ -d '(.*)'/g)].map(([, body = '']) => JSON.parse(body));

  expect(bodies.map(faultOfFaults)).toEqual([undefined]);
});
