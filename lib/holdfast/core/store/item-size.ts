/** What a map or a list takes besides its elements, and each element besides itself. */
const CONTAINER = 3;

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * Bytes that a value takes in an item of DynamoDB, at most: a number has one for two digits, and one more.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 2;
  if (value instanceof Uint8Array) return value.length;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + 1 + sizeOf(each), CONTAINER);
  return isContainer(value) ? CONTAINER + Object.keys(value).length + itemSize(value) : 1;
}

/** The same of an item, of its attributes by name; one that is undefined is none. */
export const itemSize = (attributes: object): number =>
  Object.entries(attributes).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(name) + sizeOf(value)),
    0,
  );
