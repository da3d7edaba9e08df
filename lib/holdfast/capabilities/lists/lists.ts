import type { Resource } from '../../core/definitions/define-resource.ts';
import type { ListingExtension } from '../../core/requests/listing.ts';
import type { KeepingExtension } from '../../core/writes/keeping.ts';
import { askedPage } from './asked-page.ts';
import { listFault } from './list-fault.ts';
import { type Declared, inWords, namedLists, ruleOf, type Schema } from './member-list.ts';
import { placeIn } from './places.ts';
import { listProblems } from './problems.ts';

/** What lists need to know of their resource. */
interface Listed<M extends string> extends Pick<Resource, 'name'> {
  readonly members: { readonly shape: Readonly<Record<M, Schema>> };
}

/**
 * Lists of a resource by its members: `lists({ byCustomer: ['customerId'] })` serves `GET /orders?customerId=…`. The first one is in the
 * index `list-1`, the next one in `list-2`: a list keeps its place as long as it is there.
 * @returns what `defineResource` takes
 * @throws Error that names the fault and the remedy
 */
export const lists =
  <const M extends string>(declared: Readonly<Record<string, Declared<M>>>) =>
  (resource: Listed<M>): KeepingExtension & ListingExtension => {
    const named = namedLists(declared);
    const schemas = new Map<string, Schema>(Object.entries(resource.members.shape));
    if (typeof HOLDFAST_CHECKED === 'undefined') {
      const fault = listFault(declared, named, schemas);
      if (fault !== undefined) throw new Error(`lists of '${resource.name}': ${fault}`);
    }
    return {
      capability: 'lists',
      listProblems,
      lists: Object.fromEntries(named.map(({ name, ...list }) => [name, list])),
      rules: Object.fromEntries(named.map((list) => [ruleOf(list), inWords(list)])),
      page: (of, asking) => askedPage({ resource: of, lists: named, schemas }, asking),
      keep: ({ pk, next }) => ({ attributes: attributesOf(pk, next) }),
    };

    function attributesOf(pk: string, next: Parameters<typeof placeIn>[2]) {
      const tenantList = pk.slice(0, pk.lastIndexOf('#'));
      return Object.fromEntries(
        Object.keys(declared).flatMap((name, i) => {
          const list = named.find((each) => each.name === name);
          const place = list && placeIn(list, tenantList, next);
          return [
            [`l${i + 1}`, place?.list ?? null],
            [`o${i + 1}`, place?.order ?? null],
          ];
        }),
      );
    }
  };
