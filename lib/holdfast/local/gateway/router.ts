/** A node of the tree of paths, as API Gateway's resources are. */
interface Node<T> {
  readonly literals: Map<string, Node<T>>;
  parameter?: { readonly name: string; readonly node: Node<T> };
  /** `{proxy+}`: everything from here on. */
  greedy?: { readonly name: string; readonly node: Node<T> };
  readonly methods: Map<string, T>;
}

/** A route that was found. */
export interface Match<T> {
  readonly route: T;
  readonly parameters: Readonly<Record<string, string>>;
}

const newNode = <T>(): Node<T> => ({ literals: new Map(), methods: new Map() });

const segmentsOf = (path: string) => path.split('/').filter((segment) => segment !== '');

/** Finds routes as API Gateway does: a literal segment wins over a parameter, a parameter over a greedy one. */
export class Router<T> {
  readonly #root: Node<T> = newNode();

  /** @param path `/payouts/{payoutId}`; @param method upper case, or `ANY` */
  add(method: string, path: string, route: T): void {
    let node = this.#root;
    for (const segment of segmentsOf(path)) node = child(node, segment);
    node.methods.set(method, route);
  }

  /** @param segments of the path, decoded */
  find(method: string, segments: readonly string[]): Match<T> | undefined {
    return find(this.#root, method, segments, {});
  }
}

function child<T>(node: Node<T>, segment: string): Node<T> {
  const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(segment) ?? [];
  if (name === undefined) {
    const literal = node.literals.get(segment) ?? newNode<T>();
    node.literals.set(segment, literal);
    return literal;
  }
  const kind = plus === '+' ? 'greedy' : 'parameter';
  node[kind] ??= { name, node: newNode<T>() };
  return node[kind].node;
}

function find<T>(
  node: Node<T>,
  method: string,
  [segment, ...rest]: readonly string[],
  parameters: Record<string, string>,
): Match<T> | undefined {
  if (segment === undefined) {
    const route = node.methods.get(method) ?? node.methods.get('ANY');
    return route === undefined ? undefined : { route, parameters };
  }
  const literal = node.literals.get(segment);
  const { parameter, greedy } = node;
  return (
    (literal && find(literal, method, rest, parameters)) ??
    (parameter && segment !== ''
      ? find(parameter.node, method, rest, { ...parameters, [parameter.name]: segment })
      : undefined) ??
    (greedy && find(greedy.node, method, [], { ...parameters, [greedy.name]: [segment, ...rest].join('/') }))
  );
}
