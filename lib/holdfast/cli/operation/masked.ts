import type * as z from 'zod';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { orZero, signed } from '../../core/money/amounts.ts';
import { money } from '../../core/money/money.ts';
import { actorId, timestamp } from '../../core/values/text.ts';

/** Stands where something may be personal. */
export const MASK = '(masked)';

/** What never says anything of a person but who acted: amounts, moments, and the ids of those who use the service. */
const IMPERSONAL: readonly unknown[] = [money, orZero, signed, actorId, timestamp];

/** Kinds of schemas that hold one of a few values that a definition lists. */
const LISTED = ['enum', 'literal', 'boolean'];

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod;
  return 'innerType' in def && isSchema(def.innerType) ? unwrapped(def.innerType) : schema;
}

const isSchema = (value: unknown): value is z.core.$ZodType =>
  typeof value === 'object' && value !== null && '_zod' in value;

/** Whether a member may say something of a person: whatever is not known to say nothing. */
function mayBePersonal(schema: z.core.$ZodType | undefined): boolean {
  if (schema === undefined) return true;
  const inner = unwrapped(schema);
  return !IMPERSONAL.includes(inner) && !LISTED.includes(inner._zod.def.type);
}

/**
 * A resource's own members in words. No definition says which are personal, so each that is not an amount, a moment, an
 * actor or one of a list is masked.
 * @param unmasked shows all of them
 */
export function membersInWords(
  { members }: Resource,
  shown: Readonly<Record<string, unknown>>,
  unmasked: boolean,
): readonly (readonly [name: string, value: string])[] {
  return Object.entries(members.shape).flatMap(([name, schema]) => {
    const value = shown[name];
    if (value === undefined) return [];
    const isHidden = !unmasked && mayBePersonal(isSchema(schema) ? schema : undefined);
    return [[name, isHidden ? MASK : inWords(value)] as const];
  });
}

function inWords(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  if ('currency' in value && 'value' in value) return `${value.value} ${value.currency}`;
  return JSON.stringify(value);
}
