import type { Operation } from '../../core/definitions/define-operation.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { camel } from '../../core/kebab-case.ts';
import { literals, oneOf, sentence } from './names.ts';
import { type NewSide, withMember } from './sides.ts';

/** An action on a resource that exists. */
export interface Transition {
  readonly resource: Resource;
  readonly name: string;
  readonly from: readonly string[];
  readonly to: string;
  /** Name of the operation that it starts. @default it is done when it answers */
  readonly operation?: Operation['name'];
  /** Other resources that it decides on. @default none */
  readonly sides?: readonly NewSide[];
}

/** A resource with an optional `note` keeps what its actions were told. */
export const keepsNote = ({ members: { shape } }: Resource): boolean => {
  const note = shape.note;
  return note !== undefined && [undefined, 'text'].every((value) => note.safeParse(value).success);
};

/** Members of its input that say which resources it decides on, and what each is an id of. */
export const named = ({ sides = [] }: Pick<Transition, 'sides'>): readonly (readonly [string, Resource])[] =>
  sides.flatMap(({ input, resource }) => (input === undefined ? [] : [[input, resource] as const]));

type Told = Pick<Transition, 'resource' | 'sides'>;

/** What a new action is told, as code has it. @param id of a resource, as code has it */
function inputOf(action: Told, id: (resource: Resource) => string): string {
  const note = keepsNote(action.resource) ? ["note: 'as agreed'"] : [];
  const members = [...note, ...named(action).map(([member, resource]) => `${member}: ${id(resource)}`)];
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** Its example, for which a resource that it names is made first. */
export const exampleOf = (action: Told): string => {
  const input = inputOf(action, ({ name }) => `id('${name}')`);
  return named(action).length === 0 ? input : `(id) => (${input})`;
};

/** What its own test tells it. */
export const testInput = (action: Told): string => inputOf(action, ({ idPrefix }) => `'${idPrefix}_1'`);

/** `functions/actions/{resource}/{name}.ts` */
export function actionFile({ resource, name, from, to, operation, sides = [] }: Transition): string {
  const of = camel(resource.name);
  const noted = keepsNote(resource);
  const several = sides.length > 0;
  const define = several ? 'defineActionWith' : 'defineAction';
  const kit = [...(several ? [] : [define]), ...(noted || named({ sides }).length > 0 ? ['text'] : [])];
  const imports = [
    ...(kit.length > 0 ? [`import { ${kit.join(', ')} } from 'holdfast';`] : []),
    ...(several ? [`import { ${define} } from 'holdfast/with';`] : []),
    "import * as z from 'zod';",
    ...(operation === undefined
      ? []
      : [`import ${camel(operation)} from '../../operations/${operation}.ts';`]),
    ...sides
      .map((side) => `import ${camel(side.resource.name)} from '../${side.resource.name}/resource.ts';`)
      .sort(),
    `import ${of} from './resource.ts';`,
  ];
  const input = [
    ...(noted ? ['note: text({ min: 0, max: 500, multiline: true }).optional()'] : []),
    ...named({ sides }).map(([member]) => `${member}: text({ max: 64 })`),
  ];
  const changes = noted ? '{ note: input.note ?? null }' : '{}';
  const decided = several ? `{ changes: ${changes} }` : changes;
  return `${imports.join('\n')}

export default ${define}({
  resource: ${of},
  name: '${name}',
  summary: '${sentence(name)} ${oneOf(resource.singular)}.',
  scope: '${resource.name}:${name}',
  from: ${literals(from)},
  to: '${to}',
  input: z.object(${input.length === 0 ? '{}' : `{ ${input.join(', ')} }`}),
${operation === undefined ? '' : `  operation: ${camel(operation)},\n`}${several ? withMember(sides) : ''}  decide: (${noted ? '{ input }' : ''}) => (${decided}),
});
`;
}
