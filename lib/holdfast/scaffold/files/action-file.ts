import type { Operation } from '../../core/definitions/define-operation.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { camel } from '../../core/kebab-case.ts';
import { literals, oneOf, sentence } from './names.ts';

/** An action on a resource that exists. */
export interface Transition {
  readonly resource: Resource;
  readonly name: string;
  readonly from: readonly string[];
  readonly to: string;
  /** Name of the operation that it starts. @default it is done when it answers */
  readonly operation?: Operation['name'];
}

/** A resource with an optional `note` keeps what its actions were told. */
export const keepsNote = ({ members: { shape } }: Resource): boolean => {
  const note = shape.note;
  return note !== undefined && [undefined, 'text'].every((value) => note.safeParse(value).success);
};

/** What a new action on a resource is told in tests, as code has it. */
export const exampleInput = (resource: Resource): string =>
  keepsNote(resource) ? "{ note: 'as agreed' }" : '{}';

/** `functions/actions/{resource}/{name}.ts` */
export function actionFile({ resource, name, from, to, operation }: Transition): string {
  const of = camel(resource.name);
  const noted = keepsNote(resource);
  return `import { defineAction${noted ? ', text' : ''} } from 'holdfast';
import * as z from 'zod';
${operation === undefined ? '' : `import ${camel(operation)} from '../../operations/${operation}.ts';\n`}import ${of} from './resource.ts';

export default defineAction({
  resource: ${of},
  name: '${name}',
  summary: '${sentence(name)} ${oneOf(resource.singular)}.',
  scope: '${resource.name}:${name}',
  from: ${literals(from)},
  to: '${to}',
  input: z.object({${noted ? ' note: text({ min: 0, max: 500, multiline: true }).optional() ' : ''}}),
  ${operation === undefined ? '' : `operation: ${camel(operation)},\n  `}decide: (${noted ? '{ input }' : ''}) => ({${noted ? ' note: input.note ?? null ' : ''}}),
});
`;
}
