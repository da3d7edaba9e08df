/** Characters shown around where two texts part. */
const AROUND = 160;

/** How far two texts are the same. */
function common(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
}

/** The text that goes on like another for longest. */
export const nearest = (text: string, others: readonly string[]): string =>
  others.toSorted((a, b) => common(text, b) - common(text, a))[0] ?? '';

/** What a text says, and not another, around where they part. */
export function parted(text: string, other: string): string {
  const from = Math.max(0, common(text, other) - AROUND);
  const part = (whole: string) => `…${whole.slice(from, from + 2 * AROUND)}…`;
  return `${part(text)}\n  and not ${part(other)}`;
}
