// Escapes by Unicode property, so that the sets follow the version of Unicode that the engine carries (UTS 18).

/** Scripts whose spelling needs the joiners, which are invisible: Arabic and its kin, and the scripts of India and around. */
const JOINING =
  '[\\p{scx=Arab}\\p{scx=Syrc}\\p{scx=Mong}\\p{scx=Nkoo}\\p{scx=Mand}\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}' +
  '\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Sinh}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}]';

/** Invisible code points that a text needs: each only where its script or its emoji gives it a meaning. */
const MEANT = [
  // Emoji made of several: a family, a profession, a flag (UTS 51, emoji_zwj_sequence).
  '(?<=\\p{ExtPict}[\\u{1F3FB}-\\u{1F3FF}\\uFE0F]?)\\u200D(?=\\p{ExtPict}|[\\u2640\\u2642])',
  // Joiner and non-joiner after a letter or a mark of their scripts (RFC 5892, appendix A).
  `(?<=${JOINING}(?<=[\\p{L}\\p{M}]))[\\u200C\\u200D]`,
  // The style of an emoji (UTS 51), and the shape of an ideograph, which names are told apart by (UTS 37).
  '(?<=\\p{Emoji}[\\u{1F3FB}-\\u{1F3FF}]?)[\\uFE0E\\uFE0F]',
  '(?<=\\p{sc=Han})[\\uFE00-\\uFE02\\u{E0100}-\\u{E01EF}]',
  // Vowel separator and shapes of Mongolian.
  '(?<=\\p{sc=Mong})[\\u180B-\\u180F]',
].join('|');

/**
 * What no text may hold: controls, line and paragraph separators, format and bidirectional characters, whatever else
 * shows nothing (the Hangul fillers, the blank of Braille, tags), private, unassigned and lone surrogate code points.
 * One that is unassigned has no normal form yet, so a later release could take the same request for another one.
 */
const FORBIDDEN = '[\\p{C}\\p{Zl}\\p{Zp}\\p{DI}\\u2800]';

/** By whether it allows line feeds; made by the first text that needs it, since each takes two milliseconds to be made. */
const hidden = new Map<boolean, RegExp>();

function hiddenPattern(multiline: boolean): RegExp {
  const pattern =
    hidden.get(multiline) ?? new RegExp(`(?!${MEANT}${multiline ? '|\\n' : ''})${FORBIDDEN}`, 'u');
  hidden.set(multiline, pattern);
  return pattern;
}

/** Most texts: printable ASCII, told without the tables of Unicode, which take milliseconds to be made ready. */
const PRINTABLE = /^[ -~]*$/;

/** A letter, digit, sign or symbol: spaces and marks alone show nothing. Made by the first text that needs it, as well. */
let visible: RegExp | undefined;

/**
 * The first character of a text that a person would not see, or that would change how the rest is shown, as `U+202E`;
 * undefined where there is none.
 * @param multiline whether it may hold line feeds. @default false
 */
export function hiddenCharacter(text: string, multiline = false): string | undefined {
  if (PRINTABLE.test(text)) return undefined;
  const [found] = hiddenPattern(multiline).exec(text) ?? [];
  return found && `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Whether a text shows anything. */
export function isVisible(text: string): boolean {
  if (/[!-~]/.test(text)) return true;
  visible ??= /[\p{L}\p{N}\p{P}\p{S}]/u;
  return visible.test(text);
}
