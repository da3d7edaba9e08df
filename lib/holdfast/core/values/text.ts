import * as z from 'zod';
import { hiddenCharacter, isVisible } from './plain-text.ts';

/**
 * Schemas of strings that are known to hold nothing that hides: every other string in an input or in a resource is
 * refused at synthesis. What is derived from one of them (`.min`, `.regex`, `.meta`) is known as well.
 */
export const closedStrings = z.registry<{ readonly closed: true; readonly isText?: true }>();

/** Marks a schema whose own rule leaves no room for a hidden character, as that of a currency. */
export function closed<T extends z.ZodType>(schema: T): T {
  closedStrings.add(schema, { closed: true });
  return schema;
}

/** What a text may be. */
export interface TextOptions {
  /** Code points at least; 0 takes an empty text. @default 1 */
  readonly min?: number;
  /** Code points at most. */
  readonly max: number;
  /** Whether it may have lines; a line ends in LF, and CR LF is taken for it. @default false */
  readonly multiline?: boolean;
}

/**
 * A text that a person writes and another one reads: it shows something, and shows all of it. Control, format and
 * bidirectional characters are refused, as is whatever is invisible; joiners and variation selectors pass where a script
 * or an emoji needs them. It is taken in Unicode's normal form C (UAX 15), without blanks around it, so that one text has
 * one spelling: a repeated request in another spelling is the same request. Lengths count code points, as JSON Schema does.
 */
export function text({ min = 1, max, multiline = false }: TextOptions): z.ZodString {
  const schema = z
    .string()
    // All in one: each rule by itself is a schema more, in every import.
    .check((held) => {
      const refuse = (message: string, goesOn = false): void => {
        held.issues.push({ code: 'custom', input: held.value, message, continue: goesOn });
      };
      const value = unixLines(held.value, multiline);
      const hidden = hiddenCharacter(value, multiline);
      if (hidden !== undefined) return refuse(`holds the hidden character ${hidden}; leave it out`);
      held.value = value.normalize('NFC').trim();
      const length = [...held.value].length;
      if (length > 0 && !isVisible(held.value)) return refuse('shows nothing; write a text');
      if (length < min)
        return refuse(
          min === 1 ? 'is empty; write a text' : `is too short; write at least ${min} characters`,
        );
      if (length > max) refuse(`is too long; write at most ${max} characters`, true);
    })
    .register(z.globalRegistry, {
      ...(min > 0 && { minLength: min }),
      maxLength: max,
      pattern: pattern(multiline),
    });
  closedStrings.add(schema, { closed: true, isText: true });
  return schema;
}

/**
 * A name that people choose, as a key of `z.record`: what a text may be, but one that has another spelling is refused where
 * a text is rewritten, since two names of one record could become one, and one of their values would be lost.
 */
export const recordName = ({ max }: { readonly max: number }): z.ZodString => {
  const ofText = text({ max });
  const schema = z
    .string()
    .refine((value) => value === value.normalize('NFC').trim(), {
      abort: true,
      error: 'has another spelling; leave blanks around it out, and write it in the normal form NFC',
    })
    .superRefine((value, { addIssue }) => {
      for (const { message } of ofText.safeParse(value).error?.issues ?? []) addIssue(message);
    })
    .meta({ minLength: 1, maxLength: max, pattern: pattern(false) });
  return closed(schema);
};

/**
 * The rule as far as a contract can say it to every client: regular expressions of JSON Schema know the properties of
 * Unicode in few implementations, so the commonest hidden characters stand here by their numbers.
 */
const pattern = (multiline: boolean) => {
  const controls = multiline ? '\\u0000-\\u0009\\u000b\\u000c\\u000e-\\u001f' : '\\u0000-\\u001f';
  return `^[^${controls}\\u007f-\\u009f\\u00ad\\u115f\\u1160\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufeff\\uffa0]*$`;
};

const unixLines = (value: string, multiline: boolean) => (multiline ? value.replaceAll('\r\n', '\n') : value);

/** The subject of a token, as the kit gives it to `decide`: the authorizer has checked it. */
export const actorId: z.ZodString = closed(z.string().check(z.minLength(1), z.maxLength(128)));

const isTimestamp = (value: string) =>
  !Number.isNaN(Date.parse(value)) && new Date(value).toISOString() === value;

/** A time as the kit gives it to `decide`: RFC 3339, in UTC, with milliseconds. */
export const timestamp: z.ZodString = closed(
  z
    .string()
    .check(({ value, issues }) => {
      const message = 'is not a time in UTC; write it like 2026-11-25T08:00:00.000Z';
      if (!isTimestamp(value)) issues.push({ code: 'custom', input: value, message, continue: true });
    })
    .register(z.globalRegistry, { format: 'date-time' }),
);
