import * as z from 'zod';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { camel } from '../../core/kebab-case.ts';
import type { RegisteredResource } from '../../service/registry.ts';
import { literals } from './names.ts';

/** A resource that a new action decides on besides its own. */
export interface NewSide {
  readonly resource: Resource;
  readonly writes: boolean;
  /** States in which no operation holds it. */
  readonly states: readonly string[];
  /** What `decide` is given it by: the name of the resource where it may be several. */
  readonly name: string;
  readonly several: boolean;
  /** Says which, as code has it. */
  readonly which: string;
  /** The member of the action's input that says which. @default the action's own resource does */
  readonly input?: string;
}

/** On how many of one resource a new action decides at most, until somebody says otherwise. */
const MAX = 20;

/**
 * A side that is found by the id which the action's own resource keeps of it: in a member such as `customerId`, or in each
 * object of a list. Where it keeps none, whoever asks names it.
 */
export function sideOf(of: Resource, { definition, actions }: RegisteredResource, writes: boolean): NewSide {
  const one = camel(definition.singular);
  const id = `${one}Id`;
  const held = actions.flatMap(({ definition: { operation, to } }) => (operation ? [to] : []));
  const states = definition.states.filter((state) => !held.includes(state));
  const side = { resource: definition, writes, states, name: one, several: false };
  const members = z.toJSONSchema(of.members, { unrepresentable: 'any' });
  if (hasId(members, id)) return { ...side, which: `id: ({ current }) => current.${id}` };
  const list = members.required?.find((name) => hasId(elementOf(members.properties?.[name]), id));
  if (list === undefined) return { ...side, which: `id: ({ input }) => input.${id}`, input: id };
  const which = `ids: ({ current }) => current.${list}.map(({ ${id} }) => ${id})`;
  return { ...side, name: camel(definition.name), several: true, which };
}

type Schema = z.core.JSONSchema._JSONSchema | undefined;

/** Whether each such object has a text of this name. */
const hasId = (schema: Schema, name: string): boolean => {
  if (typeof schema !== 'object' || !schema.required?.includes(name)) return false;
  const member = schema.properties?.[name];
  return typeof member === 'object' && member.type === 'string';
};

const elementOf = (list: Schema): Schema =>
  typeof list !== 'object' || Array.isArray(list.items) ? undefined : list.items;

const kindOf = ({ writes }: NewSide): string => (writes ? 'writes' : 'reads');

/** The `with` of the definition, as code has it. */
export const withMember = (sides: readonly NewSide[]): string =>
  `  with: ({ ${[...new Set(sides.map(kindOf))].sort().join(', ')} }) => ({
${sides.map(sideMember).join('')}  }),
`;

function sideMember(side: NewSide): string {
  const lines = [
    // Nothing may be changed until somebody says what.
    ...(side.writes ? [`from: ${literals(side.states)}`, "to: 'same'", 'sets: []'] : []),
    ...(side.several ? [`max: ${MAX}`] : []),
    side.which,
  ];
  return `    ${side.name}: ${kindOf(side)}(${camel(side.resource.name)}, {
${lines.map((line) => `      ${line},\n`).join('')}    }),
`;
}

/** What a test hands `decide` of them, as code has it. */
export const storedSides = (sides: readonly NewSide[]): string =>
  sides
    .map(({ name, several, resource: { idPrefix }, states: [state = ''] }) => {
      const one = `stored({}, '${state}', '${idPrefix}_1')`;
      return `      ${name}: ${several ? `[${one}]` : one},\n`;
    })
    .join('');
