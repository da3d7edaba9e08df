/** A policy as templates write it. */
export interface PolicyDocument {
  readonly Statement: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
}

type KeySchema = { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];

interface Index {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: {
    readonly ProjectionType: 'ALL' | 'KEYS_ONLY' | 'INCLUDE';
    NonKeyAttributes?: string[];
  };
}

/** A Lambda proxy integration, or a fixed answer. */
export interface IntegrationProperties {
  readonly Type: string;
  readonly Uri?: unknown;
  readonly IntegrationResponses?: readonly Answer[];
}

interface Answer {
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/**
 * Properties of a resource, every intrinsic function resolved. Those that are read here have the form that CloudFormation
 * documents for the types that have them; of all others nothing is known.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html
 */
export interface Properties extends Answer {
  readonly TableName?: string;
  readonly AttributeDefinitions?: {
    readonly AttributeName: string;
    readonly AttributeType: 'S' | 'N' | 'B';
  }[];
  readonly KeySchema?: KeySchema;
  readonly GlobalSecondaryIndexes?: readonly Index[];
  readonly TimeToLiveSpecification?: { readonly AttributeName: string; readonly Enabled: boolean };
  readonly StreamSpecification?: { readonly StreamViewType: 'NEW_AND_OLD_IMAGES' };
  readonly ScalingConfig?: { readonly MaximumConcurrency?: number };
  readonly FilterCriteria?: { readonly Filters: readonly { readonly Pattern: string }[] };
  readonly BatchSize?: number;
  readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination: string } };
  readonly Targets?: readonly { readonly Arn: string }[];
  readonly Topics?: readonly string[];
  readonly Queues?: readonly string[];
  readonly PolicyDocument?: PolicyDocument;
  readonly AssumeRolePolicyDocument?: PolicyDocument;
  readonly Policies?: readonly { readonly PolicyDocument: PolicyDocument }[];
  readonly ManagedPolicyArns?: readonly string[];
  readonly Integration?: IntegrationProperties;
  readonly BinaryMediaTypes?: readonly string[];
  readonly Environment?: { readonly Variables?: Readonly<Record<string, string>> };
  readonly [name: string]: unknown;
}
