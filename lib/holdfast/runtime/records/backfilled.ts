import type { Resource } from '../../core/definitions/define-resource.ts';
import { rulesOf } from '../../core/definitions/resource-extension.ts';
import { backfillKey } from '../../core/store/keys.ts';
import { read } from '../aws/attributes.ts';
import { answered } from '../aws/dynamodb.ts';
import { getItem } from './records-table.ts';

/** What is complete stays so until a deployment says otherwise, which takes minutes. */
const KNOWN_MS = 60_000;

const known = new Map<string, number>();

/**
 * Whether what a rule keeps is kept with every item of the resource, the old ones included: a backfill has recorded it in the words that this
 * release has for it.
 * @throws Problem `temporarily-unavailable`
 */
export async function isComplete(resource: Resource, rule: string): Promise<boolean> {
  if ((known.get(rule) ?? 0) > Date.now()) return true;
  const item = await answered(getItem(backfillKey(resource), { ConsistentRead: false }));
  const { rules = {} } = read<{ readonly rules?: Readonly<Record<string, string>> }>(item ?? {});
  const isSame = rules[rule] !== undefined && rules[rule] === rulesOf(resource)[rule];
  if (isSame) known.set(rule, Date.now() + KNOWN_MS);
  return isSame;
}
