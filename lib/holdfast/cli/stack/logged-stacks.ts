/** JSON that was logged, wherever in a line it begins; undefined for what is none. */
function jsonIn(text: string): unknown {
  const start = text.indexOf('{');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start));
  } catch {
    return undefined;
  }
}

/** Every text in it: lines that are a list of their own, as Lambda logs a stack, are one. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return [value.join('\n')];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * Stacks in a text as it was copied: lines of the log, each JSON, with whatever stands before it; JSON over several lines;
 * or a stack by itself.
 * @param isStack whether a text is one
 */
export function loggedStacks(text: string, isStack: (text: string) => boolean): readonly string[] {
  const whole = jsonIn(text);
  const texts = whole === undefined ? byLine(text) : textsIn(whole);
  return texts.filter(isStack);
}

function byLine(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => ({ line, json: jsonIn(line) }));
  const logged = lines.flatMap(({ json }) => textsIn(json));
  // What is cut off, or was unfolded by a console, is no JSON any more; its line feeds may still be escaped.
  const rest = lines.filter(({ json }) => json === undefined).map(({ line }) => line.replaceAll('\\n', '\n'));
  return [...logged, rest.join('\n')];
}
