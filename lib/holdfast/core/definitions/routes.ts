import { camel } from '../kebab-case.ts';
import type { Resource } from './define-resource.ts';

/** Name of the path parameter that holds a resource's id: `payoutId`. */
export const idParameter = ({ singular }: Resource): string => `${camel(singular)}Id`;

/** `/payouts` */
export const collectionPath = ({ name }: Resource): string => `/${name}`;

/** `/payouts/{payoutId}` */
export const resourcePath = (resource: Resource): string => `/${resource.name}/{${idParameter(resource)}}`;

/** `/payouts/{payoutId}/approve`; the collection for a create. */
export const actionPath = ({
  resource,
  name,
  from,
}: {
  readonly resource: Resource;
  readonly name: string;
  readonly from?: readonly string[];
}): string => (from === undefined ? collectionPath(resource) : `${resourcePath(resource)}/${name}`);

/** Path of one resource from the API's base: the `Location` of a create. */
export const resourceLocation = ({ name }: Resource, id: string): string => `/${name}/${id}`;
