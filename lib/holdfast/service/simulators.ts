import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type PlayedPartner, playedPartner, type Simulator } from '../core/partners/define-simulator.ts';
import { ROOT } from './project.ts';

const PARTNERS = 'functions/partners';

const SIMULATOR = /^(?<name>.+)\.simulator\.ts$/;

/**
 * The simulator of each partner that has one, found by walking `functions/partners/`.
 * @throws Error that names the file, the fault and the remedy
 */
export async function loadSimulators(root = ROOT): Promise<readonly Simulator[]> {
  const folder = join(root, PARTNERS);
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => SIMULATOR.test(file)) : [];
  return Promise.all(files.sort().map((file) => load(join(folder, file), file)));
}

async function load(path: string, file: string): Promise<Simulator> {
  const { default: simulator }: { default?: Partial<Simulator> } = await import(pathToFileURL(path).href);
  const { partner, on } = simulator ?? {};
  if (partner === undefined || on === undefined)
    throw new Error(
      `${PARTNERS}/${file}: has no default export made by defineSimulator; add one, or rename the file`,
    );
  if (`${partner.name}.simulator.ts` !== file)
    throw new Error(`${PARTNERS}/${file}: simulates '${partner.name}'; name the file after its partner`);
  return { partner, on };
}

/** As the local cloud plays them. */
export const playedPartners = async (root = ROOT): Promise<readonly PlayedPartner[]> =>
  (await loadSimulators(root)).map(playedPartner);
