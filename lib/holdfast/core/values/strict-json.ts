import { Problem } from '../problems/problem.ts';

/** A JSON value as JSON.parse makes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A JSON object as JSON.parse makes it. */
export type JsonObject = { readonly [name: string]: Json };

/** Whether a value of JSON is an object, and no list. */
export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** No action nests its input this deep; a deeper one is an attack on whatever walks it. */
const MAX_DEPTH = 32;

/** Below it DynamoDB refuses a number. */
const MIN_MAGNITUDE = 1e-130;

const malformed = (detail: string, cause?: unknown) => new Problem('malformed-request', { detail, cause });

/** How a JSON text is read. */
export interface StrictJsonOptions {
  /**
   * Refuses a number of which digits are lost when it is read into a double and written again: two such numbers would be
   * compared as one. On for requests; the numbers of a partner's answer are not ours to refuse. @default false
   */
  readonly exactNumbers?: boolean;
}

/**
 * The object that a JSON text stands for, read so that every reader of the same bytes reads the same (RFC 8259,
 * narrowed to I-JSON, RFC 7493): UTF-8 without a byte order mark, one member per name, no lone surrogate, no number
 * out of a double's range. A member named `__proto__` is refused at any depth.
 * @throws Problem `malformed-request` that names the fault, and where a number is at fault, its JSON pointer
 */
export function parseStrictJson(
  bytes: Uint8Array,
  { exactNumbers = false }: StrictJsonOptions = {},
): JsonObject {
  const text = decode(bytes);
  const value = parse(text);
  if (!isJsonObject(value)) {
    throw malformed('the body is not a JSON object; send {} where there is nothing to say');
  }
  checkTokens(text, exactNumbers);
  return value;
}

/**
 * The value that a partner's JSON text stands for. Only what two readers would read differently is refused: bytes that
 * are no UTF-8, and a name that occurs twice in one object. Its numbers, its depth and its other names are the partner's
 * own business, since a declared answer must not become unknown by a member that nobody reads.
 * @throws Problem `malformed-request` that names the fault
 */
export function parseJsonOfPartner(bytes: Uint8Array): Json {
  const text = decode(bytes).replace(/^\ufeff/, '');
  const value = parse(text);
  checkNames(text);
  return value;
}

function decode(bytes: Uint8Array): string {
  if (bytes.length === 0) {
    throw malformed('the body is empty; send a JSON object, {} where there is nothing to say');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw malformed('the body is not valid UTF-8', cause);
  }
}

function parse(text: string): Json {
  if (text.startsWith('\ufeff')) throw malformed('the body starts with a byte order mark; leave it out');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed('the body is not valid JSON', cause);
  }
}

// Of a text that is known to be JSON these are the only tokens that matter, and a string before a colon is a name.
const tokens = /(?<string>"(?:[^"\\]|\\.)*")(?<colon>\s*:)?|(?<number>-?\d[\d.eE+-]*)|[{}[\],]/g;

/** An object or an array that is not closed yet, and where in it the reader stands. */
interface Open {
  /** Of an object; an array has none. */
  readonly names: Set<string> | undefined;
  step: string | number;
}

/** RFC 6901 */
const pointerTo = (open: readonly Open[]) =>
  open.map(({ step }) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** Refuses what JSON.parse lets pass. The text is known to be valid JSON, so that tokens are enough. */
function checkTokens(text: string, exactNumbers: boolean): void {
  const open: Open[] = [];
  for (const { 0: token, groups: { string, colon, number } = {} } of text.matchAll(tokens)) {
    if (number !== undefined) checkNumber(number, open, exactNumbers);
    else if (string !== undefined) checkString(JSON.parse(string), colon && open.at(-1));
    else step(token, open);
    if (open.length > MAX_DEPTH) throw malformed(`the body nests deeper than ${MAX_DEPTH} levels`);
  }
}

/** Into an object or an array, out of it, or to its next element; a member of an object says its own name. */
function step(token: string, open: Open[]): void {
  const inner = open.at(-1);
  if (token === '{') open.push({ names: new Set(), step: '' });
  else if (token === '[') open.push({ names: undefined, step: 0 });
  else if (token !== ',') open.pop();
  else if (typeof inner?.step === 'number') inner.step += 1;
}

/** Refuses a name that occurs twice, which JSON.parse lets pass. The text is known to be valid JSON. */
function checkNames(text: string): void {
  const open: Set<string>[] = [];
  for (const { 0: token, groups: { string, colon } = {} } of text.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (string !== undefined && colon) checkName(JSON.parse(string), open.at(-1));
  }
}

/** @param object where the string is the name of one of its members */
function checkString(string: string, object: Open | '' | undefined): void {
  if (!string.isWellFormed()) throw malformed('the body holds a lone surrogate, which no UTF-8 text can');
  if (!object || object.names === undefined) return;
  if (string === '__proto__') throw malformed('no member may be named __proto__');
  checkName(string, object.names);
  object.step = string;
}

function checkName(name: string, names = new Set<string>()): void {
  if (names.has(name)) {
    throw malformed(`the member ${JSON.stringify(name.slice(0, 80))} occurs twice in one object`);
  }
  names.add(name);
}

function checkNumber(token: string, open: readonly Open[], exactNumbers: boolean): void {
  const value = Number(token);
  const magnitude = Math.abs(value);
  const isZero = /^-?[0.]+(?:e|$)/i.test(token);
  const named = token.slice(0, 40);
  if (magnitude > Number.MAX_SAFE_INTEGER || (!isZero && magnitude < MIN_MAGNITUDE)) {
    throw wrongNumber(`the number ${named} is out of range; send it as a string`, open);
  }
  if (exactNumbers && !isSameDecimal(token, value)) {
    throw wrongNumber(
      `the number ${named} would be read as ${value}; send one that a double holds, or a string`,
      open,
    );
  }
}

const wrongNumber = (detail: string, open: readonly Open[]) =>
  new Problem('malformed-request', {
    detail,
    errors: [{ pointer: pointerTo(open), detail: 'is a number that cannot be kept as it was sent' }],
  });

/** Whether a double, written as short as it can be told from its neighbours, is the decimal that it was read from. */
function isSameDecimal(token: string, value: number): boolean {
  const [sent, kept] = [decimal(token), decimal(String(value))];
  return sent.digits === kept.digits && sent.exponent === kept.exponent;
}

/** A decimal as its significant digits and the power of ten of the first of them. */
function decimal(text: string): { readonly digits: string; readonly exponent: number } {
  const [mantissa = '', power = '0'] = text.toLowerCase().replace(/^-/, '').split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = `${whole}${fraction}`;
  // By hand: a search for zeros at the end begins anew at each zero, which takes seconds for a body full of them.
  let [first, end] = [0, all.length];
  while (first < end && all[first] === '0') first += 1;
  while (end > first && all[end - 1] === '0') end -= 1;
  return {
    digits: all.slice(first, end),
    exponent: first === end ? 0 : Number(power) + whole.length - first,
  };
}
