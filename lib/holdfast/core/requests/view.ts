import type { Receipt } from '../decisions/receipts.ts';
import type { Resource } from '../definitions/define-resource.ts';
import { representation, type StoredResource, type Transition } from '../definitions/representation.ts';
import { holdsScope } from '../definitions/scopes.ts';
import { Problem } from '../problems/problem.ts';
import { type ApiVersion, type ApiVersions, NEWEST_SHAPES } from '../versions/api-version.ts';
import { type Body, shownIn } from '../versions/version-shapes.ts';
import { entityTag, newestTag, tagIn, type Version } from './entity-tag.ts';

/** How one request sees resources: through the actions that there are, in the API version that it speaks. */
export interface View {
  readonly transitions: readonly Transition[];
  readonly version: ApiVersion;
  /** Every version that there is: whoever read in one may write in another. */
  readonly versions: ApiVersions;
  /** Of the token: what is told of other resources is told to those who may read them. @default none */
  readonly scopes?: readonly string[];
}

/** Whether whoever asks may read a resource. */
export const mayRead = ({ scopes = [] }: View, { name }: Pick<Resource, 'name'>): boolean =>
  holdsScope(scopes, `${name}:read`);

/** A resource as it is shown, in the view's version. */
export const representationIn = (view: View, resource: Resource, stored: StoredResource): Body =>
  shownIn(resource.name, representation(resource, view.transitions, stored), NEWEST_SHAPES, view.version);

/** The entity tag of a resource in the view's version: under an older one, its representation is another. */
export const tagOf = ({ version }: View, stored: Version): string => tagIn(entityTag(stored), version);

/** The entity tags that one version of a resource has, in every version of the API. */
export const tagsOf = ({ versions }: View, stored: Version): readonly string[] =>
  versions.all.map((version) => tagIn(entityTag(stored), version));

/**
 * A receipt whose answer is in the view's version. In the one that it was given in, it is as it was sent.
 * @param resource whose body it holds
 * @throws Problem `temporarily-unavailable`, when another release gave it in a version that this one does not know
 */
export function receiptIn({ version, versions }: View, receipt: Receipt, resource: string): Receipt {
  if (receipt.apiVersion === version.date) return receipt;
  const { apiVersion, body } = receipt.inNewest ?? receipt;
  const from = versions.of(apiVersion);
  if (from === undefined)
    throw new Problem('temporarily-unavailable', { detail: `the first answer was given in ${apiVersion}` });
  const shown = shownIn(resource, JSON.parse(body), from, version);
  return { ...receipt, etag: tagIn(newestTag(receipt.etag), version), body: JSON.stringify(shown) };
}
