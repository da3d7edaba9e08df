import type { Node } from './node.ts';

type Components = Readonly<Record<string, Node>>;

const referred = (node: unknown): readonly string[] =>
  [...JSON.stringify(node).matchAll(/"#\/components\/([^"]+)"/g)].map(([, path]) => path ?? '');

/** Those components that the paths refer to, themselves or through one another. */
export function usedComponents(paths: Node, components: Components): Components {
  const used = new Set<string>();
  const visit = (node: unknown): void => {
    for (const path of referred(node)) {
      if (used.has(path)) continue;
      used.add(path);
      const [kind = '', name = ''] = path.split('/');
      visit(components[kind]?.[name]);
    }
  };
  visit(paths);
  return Object.fromEntries(
    Object.entries(components).map(([kind, all]) => [
      kind,
      Object.fromEntries(Object.entries(all).filter(([name]) => used.has(`${kind}/${name}`))),
    ]),
  );
}
