import * as z from 'zod';
import type { Resource } from '../../core/definitions/define-resource.ts';

/** Members, and what each was called when the rule was first released. */
interface Said {
  readonly members: readonly string[];
  readonly was: readonly string[];
}

/** What has one value that can be compared. */
const SINGLE = ['boolean', 'enum', 'int', 'literal', 'number', 'string', 'template_literal'];

/** What is wrong with the rules of a resource, and its remedy. */
export function ruleFault(
  resource: Pick<Resource, 'name' | 'members' | 'internal'>,
  rules: readonly Said[],
): string | undefined {
  if (rules.length === 0) return "unique() has no rule; name members, as unique(['sku']), or leave it out";
  const twice = (part: keyof Said) =>
    rules.find((rule, i) => rules.slice(0, i).some((each) => nameOf(each[part]) === nameOf(rule[part])));
  const same = twice('members');
  if (same !== undefined) return `two rules of unique are over ${same.members.join(', ')}; remove one`;
  const before = twice('was');
  if (before !== undefined)
    return `two rules of unique were over ${before.was.join(', ')}, and would share their guards; say another 'was' for one`;
  return rules
    .map(({ members, was }) => faultOf(resource, members) ?? wasFault(members, was))
    .find((fault) => fault !== undefined);
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

function wasFault(members: readonly string[], was: readonly string[]): string | undefined {
  const twice = was.find((name, i) => was.indexOf(name) < i);
  return was.length === members.length && twice === undefined
    ? undefined
    : `a rule of unique is over ${members.join(', ')} and was over ${was.join(', ') || 'nothing'}; say one name before for each member`;
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
