import './start.ts';

/** Ends the local cloud, if one was started for the suite. */
export default async function stop(): Promise<void> {
  await globalThis.contractService?.end();
}
