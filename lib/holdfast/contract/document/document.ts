import { isNode, type Node, nodeOf } from '../../openapi/schemas/node.ts';

/** Keywords that are written for people, and change nothing that a program could notice. */
export const PROSE = [
  'description',
  'summary',
  'example',
  'examples',
  'tags',
  'links',
  'license',
  'title',
  'discriminator',
];

/** Objects whose members have names of their own, which are no keywords. */
const MAPS = [
  'properties',
  'headers',
  'schemas',
  'responses',
  'parameters',
  'securitySchemes',
  'paths',
  'content',
];

/** A document without what is written for people: what is compared, and kept. */
export function withoutProse(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutProse(each));
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => isMap || !PROSE.includes(name))
      .map(([name, inner]) => [name, withoutProse(inner, !isMap && MAPS.includes(name))]),
  );
}

/** A document whose references are replaced by what they refer to; one to itself stays. */
export function dereferenced(document: Node): Node {
  const at = (reference: string) =>
    reference
      .split('/')
      .slice(1)
      .reduce<unknown>((node, step) => (isNode(node) ? node[step] : undefined), document);
  // What leads to no circle is the same wherever it is referred to, and made once.
  const made = new Map<string, unknown>();
  let circles = 0;
  const inner = (value: unknown, within: readonly string[]): unknown => {
    if (Array.isArray(value)) return value.map((each) => inner(each, within));
    if (!isNode(value)) return value;
    const { $ref } = value;
    if (typeof $ref === 'string') return referred($ref, within) ?? value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, inner(each, within)]));
  };
  /** Undefined is one that is referred to from within itself. */
  const referred = ($ref: string, within: readonly string[]): unknown => {
    if (made.has($ref)) return made.get($ref);
    if (within.includes($ref)) {
      circles++;
      return undefined;
    }
    const before = circles;
    const found = inner(at($ref), [...within, $ref]);
    if (circles === before) made.set($ref, found);
    return found;
  };
  return nodeOf(inner({ ...document, components: {} }, []));
}
