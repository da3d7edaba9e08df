import type { Action } from './define-action.ts';
import { entityTag, parseIfMatch, strongMatch } from './entity-tag.ts';
import { type Occurrence, Problem } from './problem.ts';
import { allowedActions, type StoredResource, type Transition } from './representation.ts';

/** What a conflict tells of the resource as it stands, so that the client can decide again at once. */
function standing(action: Action, transitions: readonly Transition[], stored: StoredResource): Occurrence {
  const { state, version } = stored;
  return {
    resource: action.resource.singular,
    current: { state, version, allowedActions: allowedActions(transitions, state) },
    etag: entityTag(stored),
  };
}

/** A refusal by a rule, which tells of the resource as it stands where it is a conflict. */
export function ruleProblem(
  action: Action,
  transitions: readonly Transition[],
  stored: StoredResource,
  error: unknown,
): Problem {
  const problem = Problem.from(error);
  if (problem.row.category !== 'conflict') return problem;
  return new Problem(
    problem.code,
    { ...standing(action, transitions, stored), ...problem.occurrence },
    problem.row,
  );
}

/** The refusal of a write whose sender saw another version than the one that stands. */
export function versionMismatch(
  action: Action,
  transitions: readonly Transition[],
  stored: StoredResource,
): Problem {
  const detail = `the ${action.resource.singular} is at version ${stored.version} by now; read it again`;
  return new Problem('version-mismatch', { detail, ...standing(action, transitions, stored) });
}

/**
 * Step 9. The sender saw the version that stands (RFC 9110 13.1.1), or needs to have seen none: `any` means that the
 * action may be decided again on whatever stands when it commits.
 * @param ifMatch the field's values as one list; undefined where there is none
 * @throws Problem `version-required`, `version-mismatch`, and `malformed-request` for a value that lists no entity tag
 */
export function checkVersion(
  action: Action,
  transitions: readonly Transition[],
  ifMatch: string | undefined,
  stored: StoredResource,
): 'seen' | 'any' {
  const required = (detail: string) => new Problem('version-required', { detail });
  if (ifMatch === undefined) throw required('send If-Match with the ETag of what was read');
  const tags = parseIfMatch(ifMatch);
  if (tags === undefined) {
    const detail = 'If-Match is no list of entity tags; send it just as the ETag came, its quotes included';
    throw new Problem('malformed-request', { detail });
  }
  if (tags === '*') {
    if (action.anyVersion) return 'any';
    throw required('If-Match: * names no version that was seen; send the ETag of what was read');
  }
  if (!strongMatch(tags, entityTag(stored))) throw versionMismatch(action, transitions, stored);
  return 'seen';
}

/**
 * Step 10. The state permits the action.
 * @throws Problem `illegal-transition`
 */
export function checkState(action: Action, transitions: readonly Transition[], stored: StoredResource): void {
  const { name, from = [], resource } = action;
  if (from.includes(stored.state)) return;
  const detail = `${name} needs state ${from.join(' or ')}; the ${resource.singular} is ${stored.state}`;
  throw new Problem('illegal-transition', { detail, ...standing(action, transitions, stored) });
}
