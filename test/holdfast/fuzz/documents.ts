import { versionsOf } from '../../../lib/holdfast/openapi/document.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import { send } from '../support/client.ts';
import type { Document } from './seeds.ts';

/** The document of each version that a service serves, as it serves it; the newest first. */
export async function liveDocuments(url: string): Promise<ReadonlyMap<string, Document>> {
  const { all } = versionsOf(await loadRegistry());
  const answers = await Promise.all(
    all.map(({ date }) => send(`${url}/openapi.json`, { method: 'GET', headers: { 'API-Version': date } })),
  );
  // A version past its sunset is there, and is not served.
  return new Map(
    answers.flatMap(({ status, json }, i) =>
      status === 200 ? [[all[i]?.date ?? '', json as unknown as Document] as const] : [],
    ),
  );
}
