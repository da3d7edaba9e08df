import './start.ts';

/** Ends the local cloud, if one was started. */
export default async function stop(): Promise<void> {
  await globalThis.sharedService?.end();
}
