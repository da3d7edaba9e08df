import type { Touched } from '../../core/definitions/action-extension.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import { KEY_PREFIXES } from '../../core/definitions/reserved-names.ts';
import { type ResourceExtension, takingPart } from '../../core/definitions/resource-extension.ts';
import { acting, items, type Needs } from './needs.ts';

/** Whether capabilities take part in it. */
export const isExtended = ({ resource, with: extension }: Action) =>
  extension !== undefined || resource.extensions !== undefined;

/** A create keeps its receipt in its own item for good, so that it neither spills nor looks for spilled ones. */
export const actionGrants = ({ resource, from, operation, with: extension }: Action): Needs['grants'] => [
  ...(from === undefined
    ? [items('records', ['GetItem', 'PutItem'], resource.name)]
    : [
        ...acting(resource.name),
        ...(operation ? [items('records', ['PutItem'], KEY_PREFIXES.operations)] : []),
      ]),
  ...(extension?.touches.map(touching) ?? []),
  ...keeping([
    ...takingPart(resource),
    ...(extension?.touches ?? []).flatMap((each) =>
      each.writes ? takingPart(each.resource, each.sets) : [],
    ),
  ]),
];

/** What capabilities keep in items of their own, with what an action writes. */
function keeping(extensions: readonly ResourceExtension[]): Needs['grants'] {
  const keys = extensions.flatMap(({ keys: all = [] }) => all);
  return keys.length === 0 ? [] : [items('records', ['PutItem', 'DeleteItem'], ...keys)];
}

/** A resource that an action decides on besides: it is read, checked as it commits, and perhaps changed. */
const touching = ({ resource, writes }: Touched) =>
  items(
    'records',
    ['GetItem', 'ConditionCheckItem', ...(writes ? (['UpdateItem'] as const) : [])],
    resource.name,
  );
