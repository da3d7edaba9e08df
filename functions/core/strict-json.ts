import { Problem } from './problem.ts';

/** A JSON value as JSON.parse makes it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A JSON object as JSON.parse makes it. */
export type JsonObject = { readonly [name: string]: Json };

/** No action nests its input this deep; a deeper one is an attack on whatever walks it. */
const MAX_DEPTH = 32;

/** Below it DynamoDB refuses a number. */
const MIN_MAGNITUDE = 1e-130;

const malformed = (detail: string, cause?: unknown) => new Problem('malformed-request', { detail, cause });

/**
 * The object that a JSON text stands for, read so that every reader of the same bytes reads the same (RFC 8259,
 * narrowed to I-JSON, RFC 7493): UTF-8 without a byte order mark, one member per name, no lone surrogate, no number
 * that a double cannot hold. A member named `__proto__` is refused at any depth.
 * @throws Problem `malformed-request` that names the fault
 */
export function parseStrictJson(bytes: Uint8Array): JsonObject {
  const text = decode(bytes);
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('the body is not a JSON object; send {} where there is nothing to say');
  }
  checkTokens(text);
  return value as JsonObject;
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

function parse(text: string): unknown {
  if (text.startsWith('\ufeff')) throw malformed('the body starts with a byte order mark; leave it out');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw malformed('the body is not valid JSON', cause);
  }
}

// Of a text that is known to be JSON these are the only tokens that matter, and a string before a colon is a name.
const tokens = /(?<string>"(?:[^"\\]|\\.)*")(?<colon>\s*:)?|(?<number>-?\d[\d.eE+-]*)|[{}[\]]/g;

/** Refuses what JSON.parse lets pass. The text is known to be valid JSON, so that tokens are enough. */
function checkTokens(text: string): void {
  const open: Set<string>[] = [];
  for (const { 0: token, groups: { string, colon, number } = {} } of text.matchAll(tokens)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (number !== undefined) checkNumber(number);
    else if (string !== undefined) checkString(JSON.parse(string), colon && open.at(-1));
    if (open.length > MAX_DEPTH) throw malformed(`the body nests deeper than ${MAX_DEPTH} levels`);
  }
}

/** @param names of the object so far, where the string is the name of one of its members */
function checkString(string: string, names: Set<string> | '' | undefined): void {
  if (!string.isWellFormed()) throw malformed('the body holds a lone surrogate, which no UTF-8 text can');
  if (!names) return;
  if (string === '__proto__') throw malformed('no member may be named __proto__');
  if (names.has(string)) {
    throw malformed(`the member ${JSON.stringify(string.slice(0, 80))} occurs twice in one object`);
  }
  names.add(string);
}

function checkNumber(token: string): void {
  const magnitude = Math.abs(Number(token));
  const isZero = /^-?[0.]+(?:e|$)/i.test(token);
  if (magnitude > Number.MAX_SAFE_INTEGER || (!isZero && magnitude < MIN_MAGNITUDE)) {
    throw malformed(`the number ${token.slice(0, 40)} is out of range; send it as a string`);
  }
}
