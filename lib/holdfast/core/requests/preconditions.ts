import type { Action } from '../definitions/define-action.ts';
import type { StoredResource } from '../definitions/representation.ts';
import { type CurrentState, type Occurrence, Problem } from '../problems/problem.ts';
import { stateIn } from '../versions/version-shapes.ts';
import { parseIfMatch, strongMatch } from './entity-tag.ts';
import { representationIn, tagOf, tagsOf, type View } from './view.ts';

/** What a conflict tells of the resource as it stands, so that the client can decide again at once. */
function standing({ resource }: Action, view: View, stored: StoredResource): Occurrence {
  const { state, version, allowedActions } = representationIn(
    view,
    resource,
    stored,
  ) as unknown as CurrentState;
  return {
    resource: resource.singular,
    current: { state, version, allowedActions },
    etag: tagOf(view, stored),
  };
}

/** A refusal by a rule, which tells of the resource as it stands where it is a conflict. */
export function ruleProblem(action: Action, view: View, stored: StoredResource, error: unknown): Problem {
  const problem = Problem.from(error);
  if (problem.row.category !== 'conflict') return problem;
  return new Problem(problem.code, { ...standing(action, view, stored), ...problem.occurrence }, problem.row);
}

/** The refusal of a write whose sender saw another version than the one that stands. */
export function versionMismatch(action: Action, view: View, stored: StoredResource): Problem {
  const detail = `the ${action.resource.singular} is at version ${stored.version} now; read it again`;
  return new Problem('version-mismatch', { detail, ...standing(action, view, stored) });
}

/**
 * Step 9. The sender saw the version that stands (RFC 9110 13.1.1), or needs to have seen none: `any` means that the
 * action may be decided again on whatever stands when it commits.
 * @param ifMatch the field's values as one list; undefined where there is none
 * @throws Problem `version-required`, `version-mismatch`, and `malformed-request` for a value that lists no entity tag
 */
export function checkVersion(
  action: Action,
  view: View,
  ifMatch: string | undefined,
  stored: StoredResource,
): 'seen' | 'any' {
  const required = (detail: string) => new Problem('version-required', { detail });
  if (ifMatch === undefined) throw required('send If-Match with the ETag of what was read');
  const tags = parseIfMatch(ifMatch);
  if (tags === undefined) {
    const detail = 'If-Match is not a list of entity tags; send the ETag exactly as it came, quotes included';
    throw new Problem('malformed-request', { detail });
  }
  if (tags === '*') {
    if (action.anyVersion) return 'any';
    throw required('If-Match: * names no version that was seen; send the ETag of what was read');
  }
  if (!strongMatch(tags, tagsOf(view, stored))) throw versionMismatch(action, view, stored);
  return 'seen';
}

/**
 * Step 10. The state permits the action.
 * @throws Problem `illegal-transition`
 */
export function checkState(action: Action, view: View, stored: StoredResource): void {
  const { name, from = [], resource } = action;
  if (from.includes(stored.state)) return;
  const named = (state: string) => stateIn(view.version, resource.name, state);
  const needed = from.map(named).join(' or ');
  const detail = `${name} needs state ${needed}; the ${resource.singular} is ${named(stored.state)}`;
  throw new Problem('illegal-transition', { detail, ...standing(action, view, stored) });
}
