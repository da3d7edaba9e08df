import { parseArgs } from 'node:util';
import { stageConfig, stageNames } from '../config.ts';
import { type Promised, readPromised, writePromised } from '../contract/committed.ts';
import { withoutProse } from '../contract/document.ts';
import { type GateChange, gateChanges } from '../contract/gate.ts';
import { openApiDocument, versionsOf } from '../openapi/document.ts';
import type { Node } from '../openapi/node.ts';
import { loadRegistry } from '../registry.ts';
import { ROOT } from '../root.ts';

/** What clients would get: the document of each live version, and what each stage speaks to those who name none. */
export async function currentContract(): Promise<Promised> {
  const registry = await loadRegistry();
  const documents = versionsOf(registry).all.map(({ date }) => {
    const document = withoutProse(openApiDocument(registry, date));
    return [date, JSON.parse(JSON.stringify(document)) as Node] as const;
  });
  const defaults = stageNames.map((stage) => [stage, stageConfig(stage).defaultApiVersion] as const);
  return { documents: new Map(documents), defaults: Object.fromEntries(defaults) };
}

/**
 * `npm run contract`: what has changed for clients. A breaking change fails, with a sentence for those whom it breaks, until
 * `--accept-breaking` names it; `--accept` records the others.
 * @returns exit status
 */
export async function contractCommand(
  args: readonly string[],
  today: string,
  print: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { accept: { type: 'boolean' }, 'accept-breaking': { type: 'string', multiple: true } },
  });
  const named = values['accept-breaking'] ?? [];
  const current = await currentContract();
  const changes = gateChanges(await readPromised(ROOT), current, today);
  for (const each of changes) print(line(each));
  const strangers = named.filter((name) => !changes.some((each) => each.breaking && each.name === name));
  for (const name of strangers)
    print(`--accept-breaking '${name}' names no breaking change; copy a name from above`);
  const refused = changes.filter(({ breaking, name }) => breaking && !named.includes(name));
  if (strangers.length > 0 || refused.length > 0) {
    if (refused.length > 0)
      print(
        `\n${refused.length} breaking: mend them, add a version, or name each with --accept-breaking 'NAME'`,
      );
    return 1;
  }
  if (changes.length === 0) print('the contract is what clients were promised');
  else if (values.accept || named.length > 0) await writePromised(ROOT, current);
  else print(`\n${changes.length} compatible, not recorded yet: npm run contract -- --accept`);
  return 0;
}

const line = ({ breaking, name, sentence }: GateChange): string =>
  `${breaking ? 'BREAKING' : 'compatible'}  ${name}\n            ${sentence}`;
