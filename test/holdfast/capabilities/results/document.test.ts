import { describe, expect, test } from '@jest/globals';
import { allEntries } from '../../../../lib/holdfast/cdk/bundles/function-entry.ts';
import { resolve, resolveOf } from '../../../../lib/holdfast/core/operations/operation-actions.ts';
import { openApiDocument } from '../../../../lib/holdfast/openapi/document.ts';
import { nodeOf } from '../../../../lib/holdfast/openapi/schemas/node.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';
import service from '../../../../lib/service.ts';
import { registry } from './warehouse.ts';

const plain = await loadRegistry();

const schemasOf = (of: typeof registry) => nodeOf(openApiDocument(of, service.apiVersion).components.schemas);

const resolveEntry = (of: typeof registry) =>
  allEntries(of).find(({ name }) => name === 'operations-resolve');

describe('the document of a service with results', () => {
  test('says which results an operation shows, and none that it does not', () => {
    const { results } = nodeOf(nodeOf(schemasOf(registry).Operation).properties);

    expect(results).toMatchObject({
      type: 'object',
      properties: {
        'hand-over': {
          description: 'Of operations by `ship-order`.',
          properties: { trackingNumber: { type: 'string', maxLength: 200 } },
          required: ['trackingNumber'],
        },
      },
    });
    expect(results).not.toHaveProperty('properties.print');
    expect(results).not.toHaveProperty('required');
  });

  test('says that a person who resolves tells the result, and is shown it', () => {
    const { ResolveOperation, Operation } = schemasOf(registry);
    const told = { result: { type: 'object', additionalProperties: { type: 'string' } } };

    expect(nodeOf(ResolveOperation).properties).toMatchObject(told);
    expect(nodeOf(ResolveOperation).required).toEqual(['outcome', 'evidence']);
    expect(Operation).toMatchObject({ properties: { resolution: { properties: told } } });
  });
});

describe('a service without results', () => {
  test('has none in its document, and the same function that resolves', () => {
    const { ResolveOperation, Operation } = schemasOf(plain);

    expect(Operation).not.toHaveProperty('properties.results');
    expect(Operation).not.toHaveProperty('properties.resolution.properties.result');
    expect(ResolveOperation).not.toHaveProperty('properties.result');
    expect(resolveOf(plain.operations.map(({ definition }) => definition))).toBe(resolve);
    expect(resolveEntry(plain)).toMatchObject({ entry: 'operation-resolve-entry.ts' });
    expect(resolveEntry(plain)).not.toHaveProperty('operations');
    expect(resolveEntry(registry)).toMatchObject({ operations: [registry.operations[0]?.file] });
  });
});
