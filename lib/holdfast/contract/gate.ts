import type { Node } from '../openapi/schemas/node.ts';
import type { Promised } from './committed.ts';
import type { Change } from './compare/change.ts';
import { compareDocuments, sunsetOf } from './compare/compare-documents.ts';
import { compareStored } from './compare/compare-stored.ts';

/** A change, and where: a version, or a stage. */
export interface GateChange extends Change {
  /** What `--accept-breaking` names. */
  readonly name: string;
}

const change = (place: string, breaking: boolean, id: string, sentence: string): GateChange => ({
  name: `${place} ${id}`,
  breaking,
  id,
  sentence,
  routes: [],
});

/**
 * What differs between what clients were promised and what they would get.
 * @param today RFC 3339 date: a version that has ended may be gone
 * @param reshaped resources that say how what is stored becomes what it is now
 */
export function gateChanges(
  promised: Promised,
  current: Promised,
  today: string,
  reshaped: readonly string[] = [],
): readonly GateChange[] {
  const versions = new Set([...promised.documents.keys(), ...current.documents.keys()]);
  return [
    ...[...versions]
      .sort()
      .flatMap((version) =>
        versionChanges(version, promised.documents.get(version), current.documents.get(version), today),
      ),
    ...Object.entries(current.defaults).flatMap(([stage, version]) =>
      defaultChanges(stage, promised.defaults[stage], version),
    ),
    ...storedChanges(promised, current).filter(({ resource }) => !reshaped.includes(resource)),
  ];
}

/** What is stored has to be read by whatever is deployed: no client is broken by it, and every one of them is. */
function storedChanges({ documents: before }: Promised, { documents: after }: Promised) {
  const [was, is] = [newestOf(before), newestOf(after)];
  if (was === undefined || is === undefined) return [];
  return compareStored(was, is).map(({ resource, what }) => ({
    ...change(
      `stored ${resource}`,
      true,
      what,
      `what is stored of ${resource} is as it was (${what}), and a release reads what the one before has written: say how by shapes of holdfast/shapes (docs/stored-shapes.md)`,
    ),
    resource,
  }));
}

const newestOf = (documents: Promised['documents']): Node | undefined => {
  const newest = [...documents.keys()].sort().at(-1);
  return newest === undefined ? undefined : documents.get(newest);
};

function versionChanges(
  version: string,
  before: Node | undefined,
  after: Node | undefined,
  today: string,
): readonly GateChange[] {
  if (before === undefined)
    return [change(version, false, 'version: it is new', `version ${version} is new`)];
  if (after === undefined) {
    const sunset = sunsetOf(before);
    const ended = sunset !== undefined && sunset <= today;
    const sentence = `a client of version ${version} is refused everything: it is gone`;
    return [
      change(
        version,
        !ended,
        'version: it is gone',
        ended ? `${sentence}, and had ended on ${sunset}` : sentence,
      ),
    ];
  }
  return compareDocuments(before, after).map((each) => ({ ...each, name: `${version} ${each.id}` }));
}

function defaultChanges(stage: string, before: string | undefined, after: string): readonly GateChange[] {
  if (before === after) return [];
  if (before === undefined)
    return [change(stage, false, `default: ${after}`, `stage ${stage} speaks ${after}`)];
  const sentence = `a client of stage ${stage} that names no version is spoken to in ${after}, and was in ${before}`;
  return [change(stage, true, `default: ${after}`, sentence)];
}
