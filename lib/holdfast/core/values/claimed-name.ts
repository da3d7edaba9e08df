import { hiddenCharacter } from './plain-text.ts';

/** Most characters of a tenant and of a subject: part of keys, of the log, and of what people read, so that they hide nothing. */
const MOST_CHARACTERS = 128;

/** What a tenant and a subject need to be. */
export const CLAIMED_NAME = `a text of 1 to ${MOST_CHARACTERS} characters`;

/** What is wrong with a tenant or a subject, without a word of it; undefined where nothing is. */
export function claimedNameFault(value: string): string | undefined {
  if (value === '') return 'empty';
  if (value.length > MOST_CHARACTERS) return `a text of ${value.length} characters`;
  return hiddenCharacter(value) && 'a text that hides a character';
}
