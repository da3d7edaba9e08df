import type { Node } from '../openapi/schemas/node.ts';
import type { Promised } from './committed.ts';
import type { Change } from './compare/change.ts';
import { compareDocuments, sunsetOf } from './compare/compare-documents.ts';

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
 */
export function gateChanges(promised: Promised, current: Promised, today: string): readonly GateChange[] {
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
  ];
}

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
