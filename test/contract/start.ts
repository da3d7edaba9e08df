import { type Service, startService } from '../support/service.ts';

declare global {
  var contractService: Service | undefined;
}

/** The suite runs against BASE_URL; without one, against a local cloud that is started for it. */
export default async function start(): Promise<void> {
  if (process.env.BASE_URL !== undefined) return;
  globalThis.contractService = await startService();
  process.env.BASE_URL = globalThis.contractService.url;
}
