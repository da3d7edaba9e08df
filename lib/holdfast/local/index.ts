/** The local cloud, for tests and tools of a project. */

import { type LocalCloud, startLocalCloud as start } from './local-cloud.ts';
import type { Settings } from './settings.ts';

export { mintToken } from './issuer.ts';

/** How the local cloud is run; each setting may be left out. */
interface LocalCloudOptions extends Partial<Omit<Settings, 'startedByNpm'>> {
  /** Is told what it does, one line at a time. @default nobody is */
  readonly print?: (line: string) => void;
}

/**
 * What `holdfast start` runs, on a free port unless one is given. The project is that of the working directory.
 * @throws Error that says what to do, when something that it needs is missing or broken
 */
export const startLocalCloud = ({
  print = () => undefined,
  ...settings
}: LocalCloudOptions = {}): Promise<LocalCloud> =>
  start({ port: 0, functions: {}, concurrency: 10, ...settings, startedByNpm: false }, print);
