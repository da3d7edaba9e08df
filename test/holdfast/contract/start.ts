import { type Service, startService } from '../support/service.ts';

declare global {
  var sharedService: Service | undefined;
}

/** The suite runs against BASE_URL; without one, against a local cloud that is started for all that can share it. */
export default async function start(): Promise<void> {
  if (process.env.BASE_URL !== undefined) return;
  globalThis.sharedService = await startService();
  process.env.BASE_URL = globalThis.sharedService.url;
  process.env.PARTNERS_URL = globalThis.sharedService.partners;
}
