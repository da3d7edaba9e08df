/** Bytes of all names and values of a function's environment together. @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 4_096;

/** What a reference becomes, about: an id of a user pool's client has 26 characters, a table's name some 60. */
const REFERENCE_IN_TEXT = 32;
const REFERENCE = 64;

/** References whose lengths are known. */
const PSEUDO: Readonly<Record<string, number>> = {
  'AWS::AccountId': 12,
  'AWS::Partition': 10,
  'AWS::Region': 14,
};

const bytes = (text: string) => Buffer.byteLength(text);

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? { ...value } : {};

/** Length of a value of a template: literal parts as they are, references about as long as what they become. */
function length(value: unknown, reference: number): number {
  if (typeof value === 'string') return bytes(value);
  const { Ref, 'Fn::Join': join } = record(value);
  if (typeof Ref === 'string') return PSEUDO[Ref] ?? reference;
  if (!Array.isArray(join)) return reference;
  const [, parts] = join;
  return Array.isArray(parts)
    ? parts.reduce<number>((sum, part) => sum + length(part, REFERENCE_IN_TEXT), 0)
    : reference;
}

/**
 * What is wrong with the environment of a function: nothing, or that it is more than Lambda takes, which a deployment
 * would tell after minutes.
 * @param name the function's
 * @param environment as the template has it
 */
export function environmentFaults(name: string, environment: unknown): string[] {
  const variables = record(record(environment).variables ?? record(environment).Variables);
  const sizes = Object.entries(variables).map(([key, value]) => ({
    key,
    size: bytes(key) + length(value, REFERENCE),
  }));
  const total = sizes.reduce((sum, { size }) => sum + size, 0);
  if (total <= MOST_BYTES) return [];
  const { key = '', size = 0 } = sizes.toSorted((a, b) => b.size - a.size)[0] ?? {};
  return [
    `the environment of ${name} has about ${total} bytes, ${size} of them ${key}, and Lambda takes ${MOST_BYTES}; have fewer clients of the user pool (an issuer of your own, identity in lib/service.ts, has no such limit), fewer operations or partners in one service, or shorter names`,
  ];
}
