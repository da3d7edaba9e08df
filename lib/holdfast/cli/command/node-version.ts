/** The first release of each line of Node that loads TypeScript without a flag; lines that never did are not here. */
const FIRST = { 22: 18, 23: 6 } as const;

/**
 * Why the kit cannot run on this version of Node; undefined where it can. It imports nothing, so that every Node that loads
 * ES modules can say it.
 */
export function nodeFault(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 23 || (major in FIRST && minor >= FIRST[major as keyof typeof FIRST])) return undefined;
  return `Node ${major}.${minor} cannot load TypeScript; npm i -D node@24 (what Lambda runs), or use Node 22.18 or later`;
}
