import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Answer } from './request.ts';

type Node = { readonly [name: string]: Node };

/** Of HTTP itself and of the gateway's own: no part of the contract. */
const TRANSPORT = /^(connection|content-length|content-type|date|keep-alive|x-amzn-requestid|x-amz.*|via)$/;

/** In lower case, separated by commas: what a gateway adds to every answer by itself. @default nothing */
const { ADDED_HEADERS = '' } = process.env;

/** Compares answers with an OpenAPI document; what it does not name is a fault, though clients are to ignore it. */
export class Conformance {
  readonly #document: Node;
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true });
  /** By the place of the schema: a suite gets thousands of answers of some fifty schemas, each of which takes 20 ms to compile. */
  readonly #validators = new Map<string, ReturnType<Ajv2020['compile']>>();
  /** Operations and statuses that were compared: `payouts.approve 200`. */
  readonly seen = new Set<string>();

  constructor(document: object) {
    this.#document = closed(document) as Node;
    formats.default(this.#ajv);
    this.#ajv.addSchema(this.#document, 'document');
  }

  /** What is wrong with an answer: nothing, as a rule. */
  faults(method: string, path: string, answer: Answer): readonly string[] {
    const { pathname } = new URL(path, 'http://service');
    const template = Object.keys(this.#document.paths ?? {}).find((each) => matches(each, pathname)) ?? '';
    const verb = method.toLowerCase();
    const operation = this.#document.paths?.[template]?.[verb];
    const place = ['paths', template, verb, 'responses', String(answer.status)];
    const [response, at] = this.#resolve(place);
    const name = `${operation?.operationId} ${answer.status}`;
    this.seen.add(name);
    if (response === undefined) return [`${method} ${path}: ${name} is not in the document`];
    const all = [...this.#headerFaults(response, answer), ...this.#bodyFaults(response, at, answer)];
    return all.map((fault) => `${method} ${path}: ${name}: ${fault}`);
  }

  #headerFaults(response: Node, { headers }: Answer): readonly string[] {
    const declared = Object.entries(response.headers ?? {}).map(
      ([name, node]) => [name, '$ref' in node ? this.#at(pointerSteps(String(node.$ref))) : node] as const,
    );
    const missing = declared
      .filter(([name, header]) => Boolean(header?.required) && !headers.has(name))
      .map(([name]) => `header ${name} is missing`);
    const wrong = declared.flatMap(([name, header]) => {
      const value = headers.get(name);
      if (value === null || this.#ajv.validate(header?.schema ?? {}, typed(value, header?.schema))) return [];
      return [`header ${name} is ${value}: ${this.#ajv.errorsText()}`];
    });
    const names = new Set(declared.map(([name]) => name.toLowerCase()));
    const unknown = [...headers.keys()].filter(
      (name) => !names.has(name) && !TRANSPORT.test(name) && !ADDED_HEADERS.split(',').includes(name),
    );
    return [...missing, ...wrong, ...unknown.map((name) => `header ${name} is not in the document`)];
  }

  #bodyFaults(response: Node, at: readonly string[], { headers, text }: Answer): readonly string[] {
    const type = headers.get('Content-Type')?.split(';')[0] ?? '';
    if (text === '') return response.content === undefined ? [] : ['the body is empty'];
    if (response.content?.[type] === undefined) return [`${type} is not in the document`];
    const validate = this.#validatorOf(pointer([...at, 'content', type, 'schema']));
    return validate(type.endsWith('json') ? JSON.parse(text) : text)
      ? []
      : [this.#ajv.errorsText(validate.errors)];
  }

  #validatorOf(place: string) {
    const validate = this.#validators.get(place) ?? this.#ajv.compile({ $ref: `document#${place}` });
    this.#validators.set(place, validate);
    return validate;
  }

  /** The node at a place, and where it is: a reference leads on. */
  #resolve(place: readonly string[]): readonly [Node | undefined, readonly string[]] {
    const node = this.#at(place);
    return node !== undefined && '$ref' in node
      ? this.#resolve(pointerSteps(String(node.$ref)))
      : [node, place];
  }

  #at(place: readonly string[]): Node | undefined {
    return place.reduce<Node | undefined>((node, step) => node?.[step], this.#document);
  }
}

const pointer = (steps: readonly string[]) =>
  steps.map((step) => `/${encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const pointerSteps = (reference: string) => reference.replace('#/', '').split('/');

const typed = (value: string, schema: Node | undefined) =>
  String(schema?.type) === 'integer' ? Number(value) : value;

const matches = (template: string, path: string) =>
  new RegExp(`^${template.replace('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`).test(path);

/** Every object that names members has no other. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== 'object' || node === null) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([name, value]) => [name, closed(value)]));
  return inner.type === 'object' && 'properties' in inner ? { additionalProperties: false, ...inner } : inner;
}
