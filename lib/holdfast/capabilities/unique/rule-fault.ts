import * as z from 'zod';
import type { Resource } from '../../core/definitions/define-resource.ts';

type Rules = readonly (readonly string[])[];

/** What has one value that can be compared. */
const SINGLE = ['boolean', 'enum', 'int', 'literal', 'number', 'string', 'template_literal'];

/** What is wrong with the rules of a resource, and its remedy. */
export function ruleFault(
  resource: Pick<Resource, 'name' | 'members' | 'internal'>,
  rules: Rules,
): string | undefined {
  if (rules.length === 0) return "unique() has no rule; name members, as unique(['sku']), or leave it out";
  const same = rules.find((rule, i) => rules.slice(0, i).some((each) => nameOf(each) === nameOf(rule)));
  if (same !== undefined) return `two rules of unique are over ${same.join(', ')}; remove one`;
  return rules.map((rule) => faultOf(resource, rule)).find((fault) => fault !== undefined);
}

const nameOf = (rule: readonly string[]) => rule.toSorted().join('+');

function faultOf(
  { name, members: { shape }, internal }: Pick<Resource, 'name' | 'members' | 'internal'>,
  rule: readonly string[],
): string | undefined {
  if (rule.length === 0) return 'a rule of unique names no member; name one, or remove it';
  const twice = rule.find((member, i) => rule.indexOf(member) < i);
  if (twice !== undefined) return `a rule of unique names '${twice}' twice; name it once`;
  for (const member of rule) {
    if (Object.hasOwn(internal?.shape ?? {}, member))
      return `unique names '${member}', which is internal, and a refusal would tell of it; name a member that is shown`;
    if (!Object.hasOwn(shape, member))
      return `unique names '${member}', which is no member of ${name}; choose from ${Object.keys(shape).join(', ')}`;
    const kind = kindOf(shape[member]);
    if (kind !== undefined)
      return `unique names '${member}', which may be ${kind}; name members that are texts, numbers or booleans`;
  }
  return undefined;
}

/** What a schema takes that is no single value, as an amount of money is none; undefined where it takes single ones alone. */
function kindOf(schema: z.core.$ZodType | undefined): string | undefined {
  if (schema === undefined) return 'nothing';
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodReadonly)
    return kindOf(schema.unwrap());
  if (schema instanceof z.ZodUnion) return schema.options.map(kindOf).find((kind) => kind !== undefined);
  const { type } = schema._zod.def;
  if (SINGLE.includes(type)) return undefined;
  return type === 'object' ? 'an object' : `of type ${type}`;
}
