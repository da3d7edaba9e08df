import type { StackTemplate, TemplateResource } from '../cdk/templates/templates.ts';

/** A resource, and the stack that it is in. */
export interface Placed {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  readonly resource: TemplateResource;
}

/** That one resource names another, wherever the other lives. */
export interface Reference {
  readonly from: Placed;
  /** Where in its properties: `Targets[].Arn`. */
  readonly path: string;
  readonly to: Placed;
}

/** What of a resource names others. */
const PARTS = ['Properties', 'UpdatePolicy'] as const;

/**
 * Every reference from one resource to another, through parameters and outputs of nested stacks and what other stacks
 * export.
 * @throws Error with the place, for a reference that leads nowhere
 */
export function* readReferences(stacks: readonly StackTemplate[]): Generator<Reference> {
  const walk = new Walk(stacks);
  for (const stack of stacks) {
    for (const [logicalId, resource] of Object.entries(stack.template.Resources)) {
      const from = { stack, logicalId, resource };
      for (const part of PARTS) {
        const path = part === 'Properties' ? '' : part;
        for (const [place, to] of walk.references(stack, resource[part], path))
          yield { from, path: place, to };
      }
    }
  }
}

class Walk {
  readonly #stacks: readonly StackTemplate[];

  constructor(stacks: readonly StackTemplate[]) {
    this.#stacks = stacks;
  }

  *references(stack: StackTemplate, value: unknown, path: string): Generator<readonly [string, Placed]> {
    if (Array.isArray(value)) {
      for (const inner of value) yield* this.references(stack, inner, `${path}[]`);
    } else if (isObject(value)) {
      if (intrinsicOf(value) !== undefined) {
        for (const target of this.#targets(stack, value)) yield [path, target];
        return;
      }
      for (const [key, inner] of Object.entries(value))
        yield* this.references(stack, inner, path === '' ? key : `${path}.${key}`);
    }
  }

  *#targets(stack: StackTemplate, value: unknown): Generator<Placed> {
    if (Array.isArray(value)) {
      for (const inner of value) yield* this.#targets(stack, inner);
      return;
    }
    if (!isObject(value)) return;
    const [name, argument] = intrinsicOf(value) ?? [];
    switch (name) {
      case undefined:
        for (const inner of Object.values(value)) yield* this.#targets(stack, inner);
        return;
      case 'Ref':
        return yield* this.#resource(stack, String(argument));
      case 'Fn::GetAtt':
        return yield* this.#attribute(
          stack,
          Array.isArray(argument) ? argument : String(argument).split('.'),
        );
      case 'Fn::Sub': {
        const [text] = [argument].flat();
        for (const [, id = ''] of String(text).matchAll(/\$\{([^}!.]+)[^}]*\}/g))
          yield* this.#resource(stack, id);
        return;
      }
      case 'Fn::ImportValue':
        return yield* this.#imported(argument);
      case 'Fn::GetStackOutput': {
        const { StackName, OutputName } = argument as { StackName: string; OutputName: string };
        return yield* this.#output(
          this.#stacks.find((each) => each.name === StackName),
          OutputName,
        );
      }
      default:
        yield* this.#targets(stack, argument);
    }
  }

  *#attribute(stack: StackTemplate, [id, ...path]: readonly unknown[]): Generator<Placed> {
    const [output] = path.join('.').split('Outputs.').slice(1);
    if (output === undefined) return yield* this.#resource(stack, String(id));
    const nested = this.#stacks.find(({ parent }) => parent?.name === stack.name && parent.logicalId === id);
    yield* this.#output(nested, output);
  }

  *#resource(stack: StackTemplate, id: string): Generator<Placed> {
    if (id.startsWith('AWS::')) return;
    const resource = stack.template.Resources[id];
    if (resource !== undefined) {
      yield { stack, logicalId: id, resource };
      return;
    }
    const { parent } = stack;
    const outer = parent && this.#stacks.find(({ name }) => name === parent.name);
    const { Parameters = {} } = outer?.template.Resources[parent?.logicalId ?? '']?.Properties ?? {};
    const given = Object.entries(Parameters ?? {}).find(([name]) => name === id)?.[1];
    if (outer === undefined || given === undefined)
      throw new Error(`stack ${stack.name} has neither resource nor argument ${id}`);
    yield* this.#targets(outer, given);
  }

  *#imported(exported: unknown): Generator<Placed> {
    const wanted = JSON.stringify(exported);
    for (const stack of this.#stacks) {
      for (const { Value, Export } of Object.values(stack.template.Outputs ?? {}))
        if (JSON.stringify(Export?.Name) === wanted) return yield* this.#targets(stack, Value);
    }
    throw new Error(`no stack exports ${wanted}`);
  }

  *#output(stack: StackTemplate | undefined, output: string): Generator<Placed> {
    const found = stack?.template.Outputs?.[output];
    if (stack === undefined || found === undefined) throw new Error(`no output ${stack?.name}.${output}`);
    yield* this.#targets(stack, found.Value);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Name and argument of an intrinsic function. */
function intrinsicOf(value: object): readonly [string, unknown] | undefined {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  return entry[0] === 'Ref' || entry[0].startsWith('Fn::') ? entry : undefined;
}
