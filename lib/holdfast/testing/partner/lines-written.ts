/** Lines that are written to standard output and error meanwhile; they are not shown. */
export async function linesWritten(run: () => Promise<unknown>): Promise<readonly string[]> {
  const lines: string[] = [];
  const restore = [process.stdout, process.stderr].map((stream) => {
    const original = stream.write;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      lines.push(String(chunk));
      const done = rest.find((each): each is () => void => typeof each === 'function');
      done?.();
      return true;
    };
    return () => {
      stream.write = original;
    };
  });
  try {
    await run();
  } finally {
    for (const each of restore) each();
  }
  return lines;
}
