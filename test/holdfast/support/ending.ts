/** What a test file has started and not ended, by what ends it. */
export interface Started {
  /** The file is done: whatever starts from now on, in a hook that nobody waits for any more, is ended at once. */
  over: boolean;
  readonly ends: Set<() => Promise<void>>;
}

declare global {
  var holdfastStarted: Started | undefined;
}

globalThis.holdfastStarted ??= { over: false, ends: new Set() };
const started = globalThis.holdfastStarted;

/**
 * Remembers how something that has just been started is ended, before anything after it can fail. A file that does not
 * come to end it, since a hook has failed or taken too long, has it ended by {@link ./environment.ts}.
 * @returns ends it, once
 */
export function ending(end: () => unknown): () => Promise<void> {
  let ended: Promise<void> | undefined;
  const once = () => {
    started.ends.delete(once);
    ended ??= (async () => void (await end()))();
    return ended;
  };
  if (started.over) once().catch(() => undefined);
  else started.ends.add(once);
  return once;
}
