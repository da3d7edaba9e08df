/** A value as DynamoDB's protocol writes it. */
export interface Value {
  readonly S?: string;
  readonly N?: string;
  /** Base64. */
  readonly B?: string;
  readonly BOOL?: boolean;
  readonly NULL?: true;
  readonly M?: Item;
  readonly L?: readonly Value[];
}

/** An item, or a map in one. */
export type Item = Readonly<Record<string, Value>>;

/** What an expression is read with. */
export interface Placeholders {
  readonly names?: Readonly<Record<string, string>> | undefined;
  readonly values?: Readonly<Record<string, Value>> | undefined;
}

/** Where an attribute is: names, from the item inwards. */
export type Path = readonly string[];

/** Whether an item meets a condition; undefined stands for no item. */
export type Condition = (item: Item | undefined) => boolean;

/** What an update does to one attribute. */
export type Change =
  | { readonly do: 'set' | 'add'; readonly path: Path; readonly value: Value }
  | { readonly do: 'remove'; readonly path: Path };

/** The value at a path; undefined where there is none. */
export const valueAt = (item: Item | undefined, [name = '', ...rest]: Path): Value | undefined =>
  rest.length === 0 ? item?.[name] : valueAt(item?.[name]?.M, rest);

const isLetter = (char = ''): boolean => /\w/.test(char);

/** Words, placeholders and signs. @throws Error for a character that no expression of ours has */
function tokensOf(text: string): readonly string[] {
  const tokens: string[] = [];
  for (let at = 0; at < text.length; ) {
    const char = text.charAt(at);
    let end = at + 1;
    if (isLetter(char) || char === '#' || char === ':') while (isLetter(text[end])) end++;
    else if (['<>', '<=', '>='].includes(text.slice(at, at + 2))) end++;
    else if (!' =<>(),.'.includes(char)) throw new Error(`no expression of the kit has '${char}': ${text}`);
    if (char !== ' ') tokens.push(text.slice(at, end));
    at = end;
  }
  return tokens;
}

const WORDS = ['AND', 'OR', 'NOT', 'IN', 'BETWEEN', 'SET', 'REMOVE', 'ADD'];

/**
 * Reads the expressions that the kit writes, and no other: whatever it does not know, it refuses, so that no proof rests on
 * what is only taken for DynamoDB's.
 */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly string[];
  readonly #placeholders: Placeholders;
  readonly #used: Set<string>;
  #at = 0;

  constructor(text: string, placeholders: Placeholders, used: Set<string>) {
    this.#text = text;
    this.#tokens = tokensOf(text);
    this.#placeholders = placeholders;
    this.#used = used;
  }

  condition(): Condition {
    return this.#whole(this.#or());
  }

  changes(): readonly Change[] {
    const changes: Change[] = [];
    while (this.#at < this.#tokens.length) {
      const clause = this.#take();
      if (clause === 'SET') changes.push(...this.#list(() => this.#set()));
      else if (clause === 'ADD') changes.push(...this.#list(() => this.#add()));
      else if (clause === 'REMOVE')
        changes.push(...this.#list((): Change => ({ do: 'remove', path: this.#path() })));
      else throw this.#fault(`'${clause}' begins no update`);
    }
    return changes;
  }

  paths(): readonly Path[] {
    return this.#whole(this.#list(() => this.#path()));
  }

  #set(): Change {
    const path = this.#path();
    this.#expect('=');
    return { do: 'set', path, value: this.#value() };
  }

  #add(): Change {
    return { do: 'add', path: this.#path(), value: this.#value() };
  }

  #or(): Condition {
    const parts = [this.#and()];
    while (this.#is('OR')) parts.push(this.#and());
    return (item) => parts.some((part) => part(item));
  }

  #and(): Condition {
    const parts = [this.#not()];
    while (this.#is('AND')) parts.push(this.#not());
    return (item) => parts.every((part) => part(item));
  }

  #not(): Condition {
    if (!this.#is('NOT')) return this.#primary();
    const inner = this.#not();
    return (item) => !inner(item);
  }

  #primary(): Condition {
    if (this.#is('(')) {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    if (this.#tokens[this.#at + 1] === '(') return this.#function();
    const path = this.#path();
    if (this.#is('IN')) {
      this.#expect('(');
      const values = this.#list(() => this.#value());
      this.#expect(')');
      return (item) => values.some((value) => isEqual(valueAt(item, path), value));
    }
    if (this.#is('BETWEEN')) {
      const low = this.#comparison('>=', path, this.#value());
      this.#expect('AND');
      const high = this.#comparison('<=', path, this.#value());
      return (item) => low(item) && high(item);
    }
    const sign = this.#take();
    const value = this.#value();
    return this.#comparison(sign, path, value);
  }

  #function(): Condition {
    const name = this.#take();
    this.#expect('(');
    const path = this.#path();
    const rest = this.#is(',') ? this.#value().S : undefined;
    this.#expect(')');
    if (name === 'attribute_exists' && rest === undefined) return (item) => valueAt(item, path) !== undefined;
    if (name === 'attribute_not_exists' && rest === undefined)
      return (item) => valueAt(item, path) === undefined;
    if (name === 'begins_with' && rest !== undefined)
      return (item) => valueAt(item, path)?.S?.startsWith(rest) === true;
    throw this.#fault(`'${name}' is no function that the kit uses`);
  }

  #comparison(sign: string, path: Path, value: Value): Condition {
    if (sign === '=') return (item) => isEqual(valueAt(item, path), value);
    if (sign === '<>')
      return (item) => {
        const found = valueAt(item, path);
        if (found === undefined) throw this.#fault(`'${path.join('.')}' is compared, and may not be there`);
        return !isEqual(found, value);
      };
    const holds = ORDERS[sign];
    if (holds === undefined) throw this.#fault(`'${sign}' compares nothing`);
    return (item) => {
      const order = orderOf(valueAt(item, path), value);
      return order !== undefined && holds(order);
    };
  }

  #path(): Path {
    const names = [this.#name()];
    while (this.#is('.')) names.push(this.#name());
    return names;
  }

  #name(): string {
    const token = this.#take();
    if (!token.startsWith('#')) {
      if (isLetter(token[0]) && !WORDS.includes(token)) return token;
      throw this.#fault(`'${token}' is no name`);
    }
    this.#used.add(token);
    const name = this.#placeholders.names?.[token];
    if (name === undefined) throw this.#fault(`${token} stands for no name`);
    return name;
  }

  #value(): Value {
    const token = this.#take();
    this.#used.add(token);
    const value = this.#placeholders.values?.[token];
    if (value === undefined) throw this.#fault(`${token} stands for no value`);
    return value;
  }

  #list<T>(one: () => T): readonly T[] {
    const all = [one()];
    while (this.#is(',')) all.push(one());
    return all;
  }

  #whole<T>(read: T): T {
    const rest = this.#tokens[this.#at];
    if (rest !== undefined) throw this.#fault(`'${rest}' comes where it should end`);
    return read;
  }

  #take(): string {
    return this.#tokens[this.#at++] ?? '';
  }

  #is(token: string): boolean {
    const is = this.#tokens[this.#at] === token;
    if (is) this.#at++;
    return is;
  }

  #expect(token: string): void {
    const found = this.#take();
    if (found !== token) throw this.#fault(`'${found}' comes in place of '${token}'`);
  }

  #fault(what: string): Error {
    return new Error(`${what}: ${this.#text}`);
  }
}

const ORDERS: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

/** Values of two types have no order. */
function orderOf(a: Value | undefined, b: Value): number | undefined {
  if (a?.N !== undefined && b.N !== undefined) return Number(a.N) - Number(b.N);
  if (a?.S === undefined || b.S === undefined) return undefined;
  return a.S === b.S ? 0 : a.S < b.S ? -1 : 1;
}

function isEqual(a: Value | undefined, b: Value): boolean {
  if (a?.N !== undefined && b.N !== undefined) return Number(a.N) === Number(b.N);
  if (b.S === undefined && b.BOOL === undefined && b.N === undefined)
    throw new Error(`the kit compares no ${Object.keys(b).join()} with '='`);
  return a !== undefined && a.S === b.S && a.BOOL === b.BOOL && a.N === b.N;
}

/** The expressions of one request, read together: DynamoDB refuses a placeholder that none of them uses. */
export function readExpressions(
  { condition, update, projection }: Readonly<Partial<Record<'condition' | 'update' | 'projection', string>>>,
  placeholders: Placeholders,
) {
  const used = new Set<string>();
  const parser = (text: string) => new Parser(text, placeholders, used);
  const read = {
    condition: condition === undefined ? () => true : parser(condition).condition(),
    changes: update === undefined ? [] : parser(update).changes(),
    paths: projection === undefined ? undefined : parser(projection).paths(),
  };
  const given = Object.keys({ ...placeholders.names, ...placeholders.values });
  const unused = given.filter((each) => !used.has(each));
  if (unused.length > 0) throw new Error(`${unused.join(', ')} is given, and used in no expression`);
  return read;
}
