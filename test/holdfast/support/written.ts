import { afterEach, beforeEach, jest } from '@jest/globals';

/** What each test of a file has written so far to standard output and error, a chunk each; it is not shown. */
export function chunksWritten(): readonly string[] {
  const chunks: string[] = [];
  beforeEach(() => {
    chunks.length = 0;
    for (const stream of [process.stdout, process.stderr])
      jest.spyOn(stream, 'write').mockImplementation((chunk) => {
        chunks.push(String(chunk));
        return true;
      });
  });
  afterEach(() => {
    jest.restoreAllMocks();
  });
  return chunks;
}
