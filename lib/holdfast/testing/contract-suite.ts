import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Service } from '../service/define-service.ts';
import { loadRegistry } from '../service/registry.ts';
import { type Examples, examplesOf, nameOf } from './examples.ts';
import { OwnCloud } from './scene/own-cloud.ts';
import { Scene } from './scene/scene.ts';
import { createFacts } from './suite/create-facts.ts';
import { inputFacts } from './suite/input-facts.ts';
import { operationFacts } from './suite/operation-facts.ts';
import { precedenceFacts } from './suite/precedence-facts.ts';
import { resourceFacts } from './suite/resource-facts.ts';
import { serviceFacts } from './suite/service-facts.ts';
import { transitionFacts } from './suite/transition-facts.ts';

/** The last resort: whatever waits has a bound of its own, and says what it has waited for. */
const PATIENCE_MS = 600_000;

/**
 * Registers Jest tests that hold every action of a service to the write contract, and every answer to the published
 * document: `await contractSuite(service, examples)`. They run against BASE_URL, whose simulated partners, if it has any,
 * are at PARTNERS_URL, or against a local cloud of their own.
 * @throws Error that names what an example lacks
 */
export async function contractSuite(service: Service, examples: Examples): Promise<void> {
  const registry = await loadRegistry();
  // Another's partners refuse nothing for our sake.
  const { BASE_URL, PARTNERS_URL } = process.env;
  const simulated = BASE_URL === undefined || PARTNERS_URL !== undefined;
  const scene = new Scene(service, registry, examplesOf(registry, examples), simulated);

  jest.setTimeout(PATIENCE_MS);
  const cloud = new OwnCloud();
  beforeAll(async () => {
    if (BASE_URL !== undefined) return scene.open(BASE_URL, PARTNERS_URL);
    const { url, partnersUrl } = await cloud.start();
    return scene.open(url, partnersUrl);
  });
  afterAll(() => cloud.close());
  // An answer that the document does not know fails the test that got it.
  afterEach(() => expect(scene.takeFaults()).toEqual([]));

  const actions = registry.resources.flatMap((each) => each.actions.map(({ definition }) => definition));
  const creates = actions.filter(({ from }) => from === undefined);
  const stranded = registry.resources.flatMap(({ definition }) => scene.waysOf(definition).stranded);
  test('every state in which an action may begin is reached', () => {
    expect(stranded.filter(({ permits }) => permits.length > 0).map(({ told }) => told)).toEqual([]);
  });
  // It waits for the action that is still to be made.
  for (const { permits, told } of stranded) if (permits.length === 0) test.todo(told);
  serviceFacts(scene, creates);
  for (const create of creates) resourceFacts(scene, create);
  for (const action of actions) {
    const { from, resource } = action;
    const { standing } = scene.waysOf(resource);
    const elsewhere = from?.filter((state) => !standing.includes(state)) ?? [];
    for (const state of elsewhere)
      test.todo(
        `${nameOf(action)} in '${state}', to which nothing leads here but an operation that fails or is cancelled`,
      );
    if (from !== undefined && elsewhere.length === from.length) continue;
    describe(nameOf(action), () => {
      if (from === undefined) createFacts(scene, action);
      else transitionFacts(scene, action);
      operationFacts(scene, action);
      inputFacts(scene, action);
      precedenceFacts(scene, action);
    });
  }
}
