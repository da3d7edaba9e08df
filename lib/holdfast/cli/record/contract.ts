import {
  CONTRACT_FOLDER,
  committedFiles,
  contractFiles,
  type Promised,
  promisedTexts,
  readPromised,
  type Texts,
} from '../../contract/committed.ts';
import { withoutProse } from '../../contract/document/document.ts';
import { type GateChange, gateChanges } from '../../contract/gate.ts';
import { openApiDocument, versionsOf } from '../../openapi/document.ts';
import type { Node } from '../../openapi/schemas/node.ts';
import { stageConfig, stageNames } from '../../service/config.ts';
import { ROOT } from '../../service/project.ts';
import type { Registry } from '../../service/registry.ts';
import { formatted } from './formatted.ts';

/** What clients would get: the document of each live version, and what each stage speaks to those who name none. */
export function currentContract(registry: Registry): Promised {
  const documents = versionsOf(registry).all.map(({ date }) => {
    const document = withoutProse(openApiDocument(registry, date));
    const node: Node = JSON.parse(JSON.stringify(document));
    return [date, node] as const;
  });
  const defaults = stageNames.map((stage) => [stage, stageConfig(stage).defaultApiVersion] as const);
  return { documents: new Map(documents), defaults: Object.fromEntries(defaults) };
}

/** What the gate is told besides. */
interface Judging {
  /** Knows more of what breaks whom. @default nothing more */
  readonly judge?: Judge | undefined;
  /** Resources whose members are kept in a shape that is new. @default none */
  readonly reshaped?: readonly string[];
}

/** Judges what has changed between what was promised and what would be got. */
export type Judge = (
  changes: readonly GateChange[],
  between: { readonly promised: Promised; readonly current: Promised },
) => Promise<readonly GateChange[]>;

/** The files that record a contract. */
export const contractTexts = (contract: Promised): Texts =>
  new Map([...promisedTexts(contract)].map(([path, text]) => [path, formatted(path, text)]));

/** Whether a contract is recorded that no commit has: clients were promised nothing yet. */
export const isUnpromised = async (): Promise<boolean> =>
  (await committedFiles(ROOT, CONTRACT_FOLDER))?.size === 0 && (await contractFiles(ROOT)).size > 0;

/**
 * What has changed for clients since the last commit; where git reads no repository, since it was recorded. A breaking
 * change is refused, with a sentence for those whom it breaks, until it is named; one that is recorded in the working copy
 * was named before.
 * @param named what `--accept-breaking` names
 * @returns whether nothing is refused
 */
export async function passesGate(
  current: Promised,
  named: readonly string[],
  today: string,
  print: (line: string) => void,
  { judge = async (changes) => changes, reshaped = [] }: Judging = {},
): Promise<boolean> {
  const files = await contractFiles(ROOT);
  const recorded = readPromised(files);
  const committed = await committedFiles(ROOT, CONTRACT_FOLDER);
  const promised = readPromised(committed ?? files);
  const changes = await judge(gateChanges(promised, current, today, reshaped), { promised, current });
  const known = new Set(gateChanges(promised, recorded, today).map(({ name }) => name));
  for (const each of changes) if (!known.has(each.name)) print(line(each));
  const strangers = named.filter((name) => !changes.some((each) => each.breaking && each.name === name));
  for (const name of strangers)
    print(`--accept-breaking '${name}' is not the name of a breaking change; copy a name from above`);
  const refused = changes.filter(
    ({ breaking, name }) => breaking && !named.includes(name) && !known.has(name),
  );
  if (refused.length > 0 && committed === undefined)
    print(
      `\ngit reads no repository here, so this compares with the files in ${CONTRACT_FOLDER}; in a new project run git init, since what no commit has may change freely`,
    );
  if (refused.length > 0)
    print(
      `\n${refused.length} breaking: fix them, add a version, or name each: npm run record -- --accept-breaking 'NAME'`,
    );
  return strangers.length === 0 && refused.length === 0;
}

const line = ({ breaking, name, sentence }: GateChange): string =>
  `${breaking ? 'BREAKING' : 'compatible'}  ${name}\n            ${sentence}`;
