import type { Statement } from './roles.ts';

/** One thing that a caller asks to do. */
export interface AccessRequest {
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** ARN */
  readonly resource: string;
  /** Partition keys that are touched, DynamoDB's condition key `dynamodb:LeadingKeys`. @default the request names none */
  readonly leadingKeys?: readonly string[];
  /** Who asks, as policies of resources name them: `cloudwatch.amazonaws.com`, or an ARN. @default the holder of the role */
  readonly principal?: string;
  /** `aws:SourceArn`: the resource that a service asks for. @default the request names none */
  readonly sourceArn?: string;
  /** `aws:SourceAccount`: the account of that resource. @default the request names none */
  readonly sourceAccount?: string;
  /** `aws:SecureTransport`: whether the request comes over TLS. @default the request does not say */
  readonly secure?: boolean;
}

/** What policies say to a request: an explicit Deny wins, and what none of them allows is not allowed. */
export type Verdict = 'allowed' | 'denied' | 'not allowed';

/** A statement that can be asked. */
type Question = (request: AccessRequest) => boolean;

/**
 * The statements of a role or of a resource, made ready to be asked often.
 * @throws Error for a condition that cannot be evaluated here: none is ever taken to hold, or to fail, unread
 */
export function policyEvaluation(statements: readonly Statement[]): (request: AccessRequest) => Verdict {
  const of = (wanted: Statement['effect']) =>
    statements.filter(({ effect }) => effect === wanted).map(question);
  const [allow, deny] = [of('Allow'), of('Deny')];
  return (request) => {
    if (deny.some((applies) => applies(request))) return 'denied';
    return allow.some((applies) => applies(request)) ? 'allowed' : 'not allowed';
  };
}

function question({ actions, resources, principals, conditions }: Statement): Question {
  const action = anyOf(actions, 'i');
  const resource = anyOf(resources);
  // `*` is anybody; no other principal may have a wildcard.
  const who = ({ principal }: AccessRequest) =>
    principals === undefined || principals.some((each) => each === '*' || each === principal);
  const holds = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => condition(operator, key, values)),
  );
  return (request) =>
    who(request) &&
    action(request.action) &&
    resource(request.resource) &&
    holds.every((each) => each(request));
}

type Operator = (wanted: readonly string[]) => (values?: readonly string[]) => boolean;

/** Of a key that has one value. Without the key, it does not hold. */
const oneValue =
  (matcher: (wanted: readonly string[]) => (value: string) => boolean): Operator =>
  (wanted) => {
    const matches = matcher(wanted);
    return ([value] = []) => value !== undefined && matches(value);
  };

const missing: Operator =
  ([wanted]) =>
  (values) =>
    (values === undefined) === (wanted === 'true');

// A request without the key satisfies it, which is why it has a twin with Null.
const allLike: Operator = (wanted) => {
  const like = anyOf(wanted);
  return (values = []) => values.every(like);
};

const equals = oneValue((wanted) => (value) => wanted.includes(value));
const like = oneValue((wanted) => anyOf(wanted));
const arnLike = oneValue((wanted) => {
  const patterns = wanted.map((pattern) => arnParts(pattern).map((part) => anyOf([part])));
  return (value) => {
    const parts = arnParts(value);
    return patterns.some((pattern) => pattern.every((matches, i) => matches(parts[i] ?? '')));
  };
});

/** The six parts of an ARN are matched each by itself: a wildcard never reaches over a colon but in the last. */
const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return Array.from({ length: 6 }, (_, i) => (i < 5 ? (parts[i] ?? '') : parts.slice(5).join(':')));
};

/** Of a key's values, and the operators that it is asked with. */
interface ConditionKey {
  readonly values: (request: AccessRequest) => readonly string[] | undefined;
  readonly operators: Readonly<Record<string, Operator>>;
}

const one = (value: string | boolean | undefined) => (value === undefined ? undefined : [String(value)]);

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const CONDITION_KEYS: Readonly<Record<string, ConditionKey>> = {
  'dynamodb:LeadingKeys': {
    values: ({ leadingKeys }) => leadingKeys,
    operators: { Null: missing, 'ForAllValues:StringLike': allLike },
  },
  'aws:SourceArn': {
    values: ({ sourceArn }) => one(sourceArn),
    operators: {
      Null: missing,
      StringEquals: equals,
      StringLike: like,
      ArnEquals: arnLike,
      ArnLike: arnLike,
    },
  },
  'aws:SourceAccount': {
    values: ({ sourceAccount }) => one(sourceAccount),
    operators: { Null: missing, StringEquals: equals, StringLike: like },
  },
  'aws:SecureTransport': {
    values: ({ secure }) => one(secure),
    operators: { Null: missing, Bool: equals },
  },
};

function condition(operator: string, name: string, values: readonly string[]): Question {
  const key = CONDITION_KEYS[name];
  const evaluate = key?.operators[operator]?.(values);
  if (key === undefined || evaluate === undefined) {
    throw new Error(
      `the local cloud cannot evaluate the condition ${operator} on ${name}; teach it to lib/holdfast/template/policy-evaluation.ts`,
    );
  }
  return (request) => evaluate(key.values(request));
}

/** Matches any of the patterns, in which `*` stands for any characters and `?` for one. */
function anyOf(patterns: readonly string[], flags = ''): (value: string) => boolean {
  const sources = patterns.map((pattern) =>
    pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.'),
  );
  const expression = new RegExp(`^(?:${sources.join('|')})$`, `s${flags}`);
  return (value) => expression.test(value);
}
