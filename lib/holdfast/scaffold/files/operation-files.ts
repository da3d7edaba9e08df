import type { Resource } from '../../core/definitions/define-resource.ts';
import { camel } from '../../core/kebab-case.ts';
import { literals, pairs, sentence } from './names.ts';

/** An operation that is about to be made: one step for each partner, in order. */
export interface NewOperation {
  readonly resource: Resource;
  readonly name: string;
  readonly partners: readonly string[];
  readonly onSucceeded: string;
  readonly onFailed: string;
  readonly onCancelled: string;
}

/** `functions/operations/{name}.ts` */
export function operationFile({ resource, name, partners, ...ends }: NewOperation): string {
  const of = camel(resource.name);
  const imports = partners.map((each) => `import ${camel(each)} from '../partners/${each}.ts';`).sort();
  const steps = partners.map((each, i) => {
    // Once its last partner is told, there is nothing left to call off.
    const last = i === partners.length - 1 ? '\n      pointOfNoReturn: true,' : '';
    return `    {
      name: '${each}',
      partner: ${camel(each)},
      command: '${name}',${last}
      input: ({ id }) => ({ ${camel(resource.singular)}: id }),
    },`;
  });
  return `import { defineOperation } from 'holdfast';
import ${of} from '../actions/${resource.name}/resource.ts';
${imports.join('\n')}

/** ${sentence(name)}: ${partners.join(', then ')}. */
export default defineOperation({
  name: '${name}',
  resource: ${of},
  onSucceeded: '${ends.onSucceeded}',
  onFailed: '${ends.onFailed}',
  onCancelled: '${ends.onCancelled}',
  deadlineSeconds: 86_400,
  steps: [
${steps.join('\n')}
  ],
});
`;
}

/** `test/operations/{name}.test.ts` */
export const operationTestFile = ({ resource, name, partners }: NewOperation): string =>
  `import { describe, expect, test } from '@jest/globals';
import operation from '../../functions/operations/${name}.ts';

describe('${name}', () => {
  test('calls its partners in order, and can be cancelled until the last', () => {
    const steps = operation.steps.map(({ partner, pointOfNoReturn = false }) => [
      partner.name,
      pointOfNoReturn,
    ]);

    expect(steps).toEqual(${pairs(partners.map((each, i) => [each, i === partners.length - 1]))});
  });

  test.each(${literals(partners)})('tells %s which ${resource.singular} it is about', (name) => {
    const step = operation.steps.find(({ partner }) => partner.name === name);

    const input = step?.input({ id: '${resource.idPrefix}_1' } as Parameters<typeof step.input>[0]);

    expect(input).toEqual({ ${camel(resource.singular)}: '${resource.idPrefix}_1' });
  });
});
`;
