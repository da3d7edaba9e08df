import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { dereferenced } from '../../../lib/holdfast/contract/document/document.ts';
import { openApiDocument, versionsOf } from '../../../lib/holdfast/openapi/document.ts';
import { listOf, nodeOf, nodesOf } from '../../../lib/holdfast/openapi/schemas/node.ts';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';
import service from '../../../lib/service.ts';

const registry = await loadRegistry();
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);

const TYPE = 'application/problem+json';

/** Every example of a document, with what it stands for: `POST /payouts 422 invalid-input`. */
function examplesOf(version: string) {
  const { paths } = dereferenced(JSON.parse(JSON.stringify(openApiDocument(registry, version))));
  return Object.entries(nodesOf(paths)).flatMap(([path, item]) =>
    Object.entries(nodesOf(item)).flatMap(([method, { responses }]) =>
      Object.entries(nodesOf(responses)).flatMap(([status, { content }]) => {
        const { schema = {}, examples } = nodesOf(content)[TYPE] ?? {};
        return Object.entries(nodesOf(examples)).map(([code, { value }]) => ({
          what: `${method.toUpperCase()} ${path} ${status} ${code}`,
          status,
          code,
          schema,
          value,
        }));
      }),
    ),
  );
}

// A mock server as Prism answers `Prefer: code=412, example=version-mismatch` with the example, and with nothing else.
test.each(versionsOf(registry).all.map(({ date }) => date))(
  'each problem that the document of %s may be answered with has an example that its own schema accepts',
  (version) => {
    const all = examplesOf(version);

    const wrong = all.flatMap(({ what, schema, value }) =>
      ajv.validate(Object(schema), value) ? [] : [`${what}: ${ajv.errorsText()}`],
    );
    expect(wrong).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
    expect(all.map(({ value }) => [Object(value).code, String(Object(value).status)])).toEqual(
      all.map(({ code, status }) => [code, status]),
    );
  },
);

test('the document of a stage that tells of its partners has an example of it, which its own schema accepts', () => {
  const { paths } = openApiDocument(registry, service.apiVersion, stageConfig('local'));
  const { responses } = nodeOf(paths['/status']?.get);
  const { schema } = nodeOf(nodesOf(nodesOf(responses)['200']?.content)['application/json']);
  const examples = listOf(nodeOf(schema).examples);

  expect(examples).toMatchObject([{ partners: [{ state: 'left-alone' }, { state: 'called' }] }]);
  expect(examples.map((example) => ajv.validate(nodeOf(schema), example))).toEqual([true]);
});
