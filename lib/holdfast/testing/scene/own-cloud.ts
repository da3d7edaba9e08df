import { type LocalCloud, startLocalCloud } from '../../local/local-cloud.ts';

/** Execution environments of one function. */
const ENVIRONMENTS = 10;

/** A local cloud in the process of one test file. */
export class OwnCloud {
  #close: LocalCloud['close'] = async () => undefined;

  /**
   * @param functions environment of every function, over that of the template
   * @param print what it tells a person. @default nobody reads it
   */
  start(
    functions: Readonly<Record<string, string>> = {},
    print: (line: string) => void = () => undefined,
  ): Promise<LocalCloud> {
    return startLocalCloud(
      {
        port: 0,
        concurrency: ENVIRONMENTS,
        everySeconds: 1,
        startedByNpm: false,
        functions: { POWERTOOLS_LOG_LEVEL: 'SILENT', ...functions },
      },
      print,
      (close) => {
        this.#close = close;
      },
    );
  }

  /** Ends it, or as much of it as has come up. */
  close(): Promise<void> {
    return this.#close();
  }
}
