import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, service } from '../../service/project.ts';
import { loadRegistry } from '../../service/registry.ts';
import { type Examples, examplesOf } from '../../testing/examples.ts';
import { Scene } from '../../testing/scene/scene.ts';

/** What every test of the contract is made from. */
const FILE = 'test/examples.ts';

/**
 * The service of this project with its examples; nothing is sent yet.
 * @throws Error that says what the examples lack
 */
export async function sceneOfProject(): Promise<Scene> {
  const file = join(ROOT, FILE);
  if (!existsSync(file))
    throw new Error(`${FILE} is missing; write one: export default {} satisfies Examples`);
  const { default: examples }: { readonly default: Examples } = await import(pathToFileURL(file).href);
  const registry = await loadRegistry();
  return new Scene(service, registry, examplesOf(registry, examples), true);
}
