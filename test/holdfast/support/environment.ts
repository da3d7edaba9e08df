import { TestEnvironment } from 'jest-environment-node';
import type { Started } from './ending.ts';

/** For each of what is left; what does not end by then is a process, which {@link ./end-processes.ts} ends. */
const PATIENCE_MS = 10_000;

/** Node's, and when a test file is done it ends what the file has started and not ended. */
export default class extends TestEnvironment {
  async handleTestEvent({ name }: { readonly name: string }): Promise<void> {
    if (name === 'run_finish') await this.#endWhatIsLeft();
  }

  override async teardown(): Promise<void> {
    // A file that did not load has not run.
    await this.#endWhatIsLeft();
    await super.teardown();
  }

  async #endWhatIsLeft(): Promise<void> {
    const { holdfastStarted: started } = this.global as { holdfastStarted?: Started };
    if (started === undefined) return;
    started.over = true;
    // The last first, since it may need what was started before.
    for (const end of [...started.ends].reverse()) {
      const { promise: patience, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, PATIENCE_MS);
      await Promise.race([end().catch(() => undefined), patience]);
      clearTimeout(timer);
    }
  }
}
