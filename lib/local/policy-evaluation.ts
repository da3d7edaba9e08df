import type { Statement } from './roles.ts';

/** One thing that a caller asks to do. */
export interface AccessRequest {
  /** `dynamodb:GetItem` */
  readonly action: string;
  /** ARN */
  readonly resource: string;
  /** Partition keys that are touched, DynamoDB's condition key `dynamodb:LeadingKeys`. @default the request names none */
  readonly leadingKeys?: readonly string[];
}

/** What the policies of a role say to a request: an explicit Deny wins, and what none of them allows is not allowed. */
export type Verdict = 'allowed' | 'denied' | 'not allowed';

/** A statement that can be asked. */
type Question = (request: AccessRequest) => boolean;

/**
 * A role's statements, made ready to be asked often.
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

function question({ actions, resources, conditions }: Statement): Question {
  const action = anyOf(actions, 'i');
  const resource = anyOf(resources);
  const holds = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => condition(operator, key, values)),
  );
  return (request) =>
    action(request.action) && resource(request.resource) && holds.every((each) => each(request));
}

/** Condition operators, by the values of a request and those of the policy. */
const OPERATORS: Readonly<
  Record<string, (wanted: readonly string[]) => (values?: readonly string[]) => boolean>
> = {
  Null:
    ([wanted]) =>
    (values) =>
      (values === undefined) === (wanted === 'true'),
  // A request without the key satisfies it, which is why it has a twin with Null.
  'ForAllValues:StringLike': (wanted) => {
    const like = anyOf(wanted);
    return (values = []) => values.every(like);
  },
};

function condition(operator: string, key: string, values: readonly string[]): Question {
  const evaluate = OPERATORS[operator]?.(values);
  if (evaluate === undefined || key !== 'dynamodb:LeadingKeys') {
    throw new Error(
      `the local cloud cannot evaluate the condition ${operator} on ${key}; teach it to lib/local/policy-evaluation.ts`,
    );
  }
  return ({ leadingKeys }) => evaluate(leadingKeys);
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
