import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';

/**
 * Places where the resources of one release are not as another has them, by stack and logical id; resources that only the
 * later one has are none, and what it lacks is told as gone. Versions of functions and nested templates are named by hashes of what they hold, which are
 * left out.
 */
export function templateDifferences(
  before: readonly StackTemplate[],
  after: readonly StackTemplate[],
): readonly string[] {
  const [old, now] = [resourcesOf(before), resourcesOf(after)];
  return Object.entries(old).flatMap(([id, resource]) => {
    const [was, is] = [placesIn(resource), placesIn(now[id])];
    const places = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return places
      .filter((place) => was[place] !== is[place])
      .map((place) => `${id}${place}${place in is ? '' : ' is gone'}`);
  });
}

const resourcesOf = (stacks: readonly StackTemplate[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    stacks.flatMap(({ name, template }) =>
      Object.entries(withoutHashes(template.Resources)).map(([id, resource]) => [`${name} ${id}`, resource]),
    ),
  );

const withoutHashes = (resources: StackTemplate['template']['Resources']): Record<string, unknown> =>
  JSON.parse(
    JSON.stringify(resources)
      .replaceAll(/[0-9a-f]{64}\.json/g, '.json')
      .replaceAll(/([0-9A-F]{8})[0-9a-f]{32}/g, '$1'),
  );

/** Each value of a resource by the path to it. */
function placesIn(value: unknown, path = ''): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return { [path]: value };
  return Object.assign(
    {},
    ...Object.entries(value).map(([name, inner]) => placesIn(inner, `${path}/${name}`)),
  );
}
