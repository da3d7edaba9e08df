import { createHash } from 'node:crypto';
import type { StackTemplate, TemplateResource } from '../cdk/templates/templates.ts';
import type { Properties } from './properties.ts';

/** A resource with every intrinsic function of its properties resolved. */
export interface ResolvedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Properties;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Account and region of everything that runs locally. */
export const ACCOUNT = '000000000000';
export const REGION = 'us-east-1';

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT,
  'AWS::Region': REGION,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
  'AWS::StackId': 'local',
};

/** Where queues are, until SQS has a port. */
const SQS_PLACEHOLDER = 'http://sqs.local';

const ARNS: Readonly<Record<string, (id: string) => string>> = {
  'AWS::SQS::Queue': (id) => `arn:aws:sqs:${REGION}:${ACCOUNT}:${id}`,
  'AWS::StepFunctions::StateMachine': (id) => `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${id}`,
  'AWS::Lambda::Function': (id) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${id}`,
  'AWS::SecretsManager::Secret': (id) => secretArn(id),
  'AWS::SNS::Topic': (id) => `arn:aws:sns:${REGION}:${ACCOUNT}:${id}`,
  'AWS::Events::Rule': (id) => `arn:aws:events:${REGION}:${ACCOUNT}:rule/${id}`,
  'AWS::CloudWatch::Alarm': (id) => `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:${id}`,
  'AWS::DynamoDB::GlobalTable': (id) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${id}`,
  'AWS::IAM::Role': (id) => `arn:aws:iam::${ACCOUNT}:role/${id}`,
  'AWS::Logs::LogGroup': (id) => `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${id}:*`,
};

/** The ARN of a secret. Secrets Manager adds six characters to its name, always the same here. */
export const secretArn = (name: string): string => {
  const suffix = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-${suffix}`;
};

/** What `Ref` gives of these is their ARN. */
const BY_ARN = ['AWS::StepFunctions::StateMachine', 'AWS::SecretsManager::Secret', 'AWS::SNS::Topic'];

/** Physical name of a resource: what `Ref` gives of it. Logical ids are unique enough on one machine, and stable. */
const physicalName = (id: string, { Type, Properties }: TemplateResource): string => {
  const named = {
    'AWS::DynamoDB::GlobalTable': 'TableName',
    'AWS::Lambda::Function': 'FunctionName',
    'AWS::SecretsManager::Secret': 'Name',
    'AWS::StepFunctions::StateMachine': 'StateMachineName',
  }[Type];
  const name = named === undefined ? undefined : Properties?.[named];
  return typeof name === 'string' ? name : id;
};

/**
 * Every resource of the given types, over all stacks.
 * @param sqs URL of SQS
 * @throws Error with the place in the template, for an intrinsic function that cannot be resolved
 */
export function resolveResources(
  stacks: readonly StackTemplate[],
  types: readonly string[],
  sqs = SQS_PLACEHOLDER,
): ResolvedResource[] {
  return stacks.flatMap((stack) =>
    Object.entries(stack.template.Resources)
      .filter(([, { Type }]) => types.includes(Type))
      .map(([logicalId, { Type, Properties = {}, Metadata = {} }]) => ({
        logicalId,
        type: Type,
        properties: new Resolver(stacks, stack, sqs).resolve(
          Properties,
          `${stack.name}/${logicalId}`,
        ) as Properties,
        metadata: Metadata,
      })),
  );
}

/** Resolves the values of one stack; those of other stacks by their outputs. */
class Resolver {
  readonly #stacks: readonly StackTemplate[];
  readonly #stack: StackTemplate;
  readonly #sqs: string;

  constructor(stacks: readonly StackTemplate[], stack: StackTemplate, sqs: string) {
    this.#stacks = stacks;
    this.#stack = stack;
    this.#sqs = sqs;
  }

  resolve(value: unknown, place: string): unknown {
    if (Array.isArray(value)) return value.map((inner, i) => this.resolve(inner, `${place}[${i}]`));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [name, argument] = entries[0] ?? [];
    if (entries.length === 1 && (name === 'Ref' || name?.startsWith('Fn::'))) {
      return this.#intrinsic(name, argument, `${place}.${name}`);
    }
    return Object.fromEntries(entries.map(([key, inner]) => [key, this.resolve(inner, `${place}.${key}`)]));
  }

  #intrinsic(name: string, argument: unknown, place: string): unknown {
    const list = (): readonly unknown[] => [this.resolve(argument, place)].flat();
    switch (name) {
      case 'Ref':
        return this.#ref(String(argument), place);
      case 'Fn::GetAtt':
        return this.#attribute(Array.isArray(argument) ? argument : String(argument).split('.'), place);
      case 'Fn::Join':
        return [list()[1]].flat().join(String(list()[0]));
      case 'Fn::Split':
        return String(list()[1]).split(String(list()[0]));
      case 'Fn::Select':
        return [list()[1]].flat()[Number(list()[0])];
      case 'Fn::ImportValue':
        return this.#imported(this.resolve(argument, place), place);
      case 'Fn::GetStackOutput':
        return this.#output(argument as { StackName: string; OutputName: string }, place);
      case 'Fn::Sub':
        return String(argument).replace(/\$\{([^}!]+)\}/g, (_, path: string) =>
          String(
            path.includes('.') && !path.startsWith('AWS::')
              ? this.#attribute(path.split('.'), place)
              : this.#ref(path, place),
          ),
        );
      default:
        throw new Error(
          `${place}: the local cloud does not know ${name}; use Ref, GetAtt, Join, Sub, Select or Split`,
        );
    }
  }

  #resource(id: string, place: string): TemplateResource {
    const resource = this.#stack.template.Resources[id];
    if (resource === undefined) throw new Error(`${place}: stack ${this.#stack.name} has no resource ${id}`);
    return resource;
  }

  #ref(id: string, place: string): unknown {
    if (PSEUDO[id] !== undefined) return PSEUDO[id];
    const argument = this.#argument(id, place);
    if (argument !== undefined) return argument;
    const resource = this.#resource(id, place);
    const name = physicalName(id, resource);
    const qualifier = this.#qualifier(resource);
    if (qualifier !== undefined) {
      return `${ARNS['AWS::Lambda::Function']?.(String(this.resolve(resource.Properties?.FunctionName, place)))}:${qualifier}`;
    }
    // What `Ref` gives of a queue is its URL.
    if (resource.Type === 'AWS::SQS::Queue') return `${this.#sqs}/${ACCOUNT}/${name}`;
    return BY_ARN.includes(resource.Type) ? ARNS[resource.Type]?.(name) : name;
  }

  /** What a nested stack is given for one of its parameters. */
  #argument(id: string, place: string): unknown {
    const { parent } = this.#stack;
    const stack = parent && this.#stacks.find(({ name }) => name === parent.name);
    if (parent === undefined || stack === undefined) return undefined;
    const { Parameters = {} } = stack.template.Resources[parent.logicalId]?.Properties ?? {};
    const given = Object.entries(Parameters ?? {}).find(([name]) => name === id)?.[1];
    return given === undefined
      ? undefined
      : new Resolver(this.#stacks, stack, this.#sqs).resolve(given, place);
  }

  /** Of a version or an alias: what comes after the function in its ARN. There is one version here. */
  #qualifier({ Type, Properties }: TemplateResource): string | undefined {
    if (Type === 'AWS::Lambda::Version') return '1';
    return Type === 'AWS::Lambda::Alias' ? String(Properties?.Name) : undefined;
  }

  #nestedOutput(id: string, output: string, place: string): unknown {
    const nested = this.#stacks.find(
      ({ parent }) => parent?.name === this.#stack.name && parent.logicalId === id,
    );
    const found = nested?.template.Outputs?.[output];
    if (nested === undefined || found === undefined)
      throw new Error(`${place}: no output ${output} of ${id}`);
    return new Resolver(this.#stacks, nested, this.#sqs).resolve(found.Value, place);
  }

  #attribute([id, ...path]: readonly unknown[], place: string): unknown {
    const resource = this.#resource(String(id), place);
    if (path[0] === 'Outputs') return this.#nestedOutput(String(id), String(path[1]), place);
    const name = physicalName(String(id), resource);
    const qualifier = this.#qualifier(resource);
    if (qualifier !== undefined && path.join('.') === 'Version') return qualifier;
    if (path.join('.') === 'StreamArn') return `${ARNS[resource.Type]?.(name)}/stream/local`;
    if (path.join('.') === 'Arn')
      return ARNS[resource.Type]?.(name) ?? `arn:aws:local:${REGION}:${ACCOUNT}:${name}`;
    return `${name}.${path.join('.')}`;
  }

  #imported(exported: unknown, place: string): unknown {
    for (const stack of this.#stacks) {
      for (const { Value, Export } of Object.values(stack.template.Outputs ?? {})) {
        const resolver = new Resolver(this.#stacks, stack, this.#sqs);
        if (Export !== undefined && resolver.resolve(Export.Name, place) === exported)
          return resolver.resolve(Value, place);
      }
    }
    throw new Error(`${place}: no stack exports ${exported}`);
  }

  #output({ StackName, OutputName }: { StackName: string; OutputName: string }, place: string): unknown {
    const stack = this.#stacks.find(({ name }) => name === StackName);
    const output = stack?.template.Outputs?.[OutputName];
    if (stack === undefined || output === undefined)
      throw new Error(`${place}: no output ${StackName}.${OutputName}`);
    return new Resolver(this.#stacks, stack, this.#sqs).resolve(output.Value, place);
  }
}
