import type { Resource } from '../definitions/define-resource.ts';
import type { StoredResource } from '../definitions/representation.ts';
import type { MemberList, ResourceExtension } from '../definitions/resource-extension.ts';
import type { Problem } from '../problems/problem.ts';
import type { VersionChanges } from '../versions/api-version.ts';

/** What a list was asked for. */
export interface Asking {
  readonly tenant: string;
  /** Parameters with their values, in the names of the version. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly version: VersionChanges;
}

/** Where an item stands in an index of lists. */
export interface Place {
  /** Partition: the list, and the values that it is asked by. */
  readonly list: string;
  /** What it is in the order of, and its id. */
  readonly order: string;
}

/** A page of a list by members. */
export interface ListPage {
  readonly slot: number;
  readonly first: MemberList['first'];
  readonly list: string;
  /** The orders between which its items stand, those included. */
  readonly between: readonly [low: string, high: string];
  readonly limit: number;
  /** Order of the last item of the page before. @default it is the first page */
  readonly after?: string;
  /** What a backfill has to have completed first: a name of the resource's rules. */
  readonly rule: string;
  /** What it is refused with until then. */
  notReady(): Problem;
  /** Where an item stands by its members; a key that a release without the list has left may say otherwise. */
  placeOf(stored: StoredResource): Place | undefined;
  /** What the page after one that ends in this order is asked for by. */
  cursor(order: string): string;
}

/** A capability's part in the list of a resource. */
export interface ListingExtension extends ResourceExtension {
  /**
   * The page that is asked for; undefined for one of a list that every resource has.
   * @throws Problem `invalid-query` that names each parameter at fault
   */
  page(resource: Resource, asking: Asking): ListPage | undefined;
}

const isListing = (extension: ResourceExtension): extension is ListingExtension => 'page' in extension;

/** The page of a list by members that is asked for; undefined for one of a list that every resource has. @throws Problem `invalid-query` */
export function listPage(resource: Resource, asking: Asking): ListPage | undefined {
  const [extension] = (resource.extensions ?? []).filter(isListing);
  return extension?.page(resource, asking);
}
