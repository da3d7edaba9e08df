/** Values by the minute; a minute without data has none. */
export type Series = ReadonlyMap<number, number>;

type Value = number | Series | readonly Series[];

/** What an expression is evaluated over. */
export interface MetricMath {
  /** By the id that the expression calls it by. */
  readonly metrics: Readonly<Record<string, Series>>;
  /** Minutes that are looked at. */
  readonly minutes: readonly number[];
  /** Whether FILL fills a metric that has no data in any minute; AWS does not say. */
  readonly fillsUnknown: boolean;
}

/**
 * Evaluates an expression of CloudWatch's metric math, as much of the language as the templates use: numbers, arithmetic,
 * comparisons, lists, IF, FILL and SUM. Where two series meet, only minutes that both have data for have a result.
 * @throws Error for what is not known here
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
export function evaluateMetricMath(expression: string, math: MetricMath): Series {
  const parser = new Parser(expression, math);
  const value = parser.all();
  return typeof value === 'number' || Array.isArray(value)
    ? fail(`'${expression}' is no series`)
    : (value as Series);
}

const fail = (why: string): never => {
  throw new Error(`metric math: ${why}`);
};

const isSeries = (value: Value): value is Series => value instanceof Map;

const LEVELS: readonly Readonly<Record<string, (a: number, b: number) => number>>[] = [
  { '||': (a, b) => Number(a !== 0 || b !== 0) },
  { '&&': (a, b) => Number(a !== 0 && b !== 0) },
  {
    '>=': (a, b) => Number(a >= b),
    '<=': (a, b) => Number(a <= b),
    '==': (a, b) => Number(a === b),
    '!=': (a, b) => Number(a !== b),
    '>': (a, b) => Number(a > b),
    '<': (a, b) => Number(a < b),
  },
  { '+': (a, b) => a + b, '-': (a, b) => a - b },
  { '*': (a, b) => a * b, '/': (a, b) => a / b },
];

class Parser {
  readonly #tokens: string[];
  readonly #math: MetricMath;

  constructor(expression: string, math: MetricMath) {
    this.#math = math;
    this.#tokens = expression.match(/\d+(?:\.\d+)?|[A-Za-z_]\w*|\|\||&&|[<>=!]=|[-+*/<>()[\],]|\S/g) ?? [];
  }

  all(): Value {
    const value = this.#level(0);
    return this.#tokens.length === 0 ? value : fail(`'${this.#tokens[0]}' is not expected`);
  }

  #level(level: number): Value {
    const operators = LEVELS[level];
    if (operators === undefined) return this.#atom();
    let left = this.#level(level + 1);
    for (;;) {
      const operator = operators[this.#tokens[0] ?? ''];
      if (operator === undefined) return left;
      this.#tokens.shift();
      left = combine(operator, left, this.#level(level + 1));
    }
  }

  #atom(): Value {
    const token = this.#tokens.shift() ?? fail('the expression ends too early');
    if (/^\d/.test(token)) return Number(token);
    if (token === '(') return this.#until(')')[0] ?? fail('() holds nothing');
    if (token === '[')
      return this.#until(']').map((value) => (isSeries(value) ? value : fail('a list holds series')));
    if (this.#tokens[0] === '(') {
      this.#tokens.shift();
      return this.#call(token, this.#until(')'));
    }
    return this.#math.metrics[token] ?? fail(`there is no metric '${token}'`);
  }

  #until(end: string): Value[] {
    const values = [this.#level(0)];
    for (;;) {
      const token = this.#tokens.shift();
      if (token === end) return values;
      if (token !== ',') return fail(`'${token}' stands where , or ${end} is expected`);
      values.push(this.#level(0));
    }
  }

  #call(name: string, [first, second, third]: readonly Value[]): Value {
    if (name === 'FILL' && isSeries(first ?? 0) && typeof second === 'number')
      return this.#fill(first as Series, second);
    if (name === 'SUM' && Array.isArray(first)) return sum(first);
    if (name === 'IF' && isSeries(first ?? 0) && second !== undefined && third !== undefined)
      return choose(first as Series, second, third);
    return fail(`${name} is not known with these arguments`);
  }

  #fill(series: Series, value: number): Series {
    if (series.size === 0 && !this.#math.fillsUnknown) return series;
    return new Map(this.#math.minutes.map((minute) => [minute, series.get(minute) ?? value]));
  }
}

function combine(operator: (a: number, b: number) => number, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return operator(left, right);
  if (isSeries(left) && typeof right === 'number')
    return new Map([...left].map(([minute, value]) => [minute, operator(value, right)]));
  if (typeof left === 'number' && isSeries(right))
    return new Map([...right].map(([minute, value]) => [minute, operator(left, value)]));
  if (!isSeries(left) || !isSeries(right)) return fail('a list has no arithmetic');
  return new Map(
    [...left].flatMap(([minute, value]) => {
      const other = right.get(minute);
      return other === undefined ? [] : [[minute, operator(value, other)] as const];
    }),
  );
}

/** Of the series that have data for a minute; each is taken as it is. */
function sum(all: readonly Series[]): Series {
  const minutes = new Set(all.flatMap((series) => [...series.keys()]));
  return new Map(
    [...minutes].map((minute) => [
      minute,
      all.reduce((total, series) => total + (series.get(minute) ?? 0), 0),
    ]),
  );
}

function choose(condition: Series, yes: Value, no: Value): Series {
  return new Map(
    [...condition].flatMap(([minute, holds]) => {
      const branch = holds !== 0 ? yes : no;
      const value =
        typeof branch === 'number'
          ? branch
          : isSeries(branch)
            ? branch.get(minute)
            : fail('IF takes no list');
      return value === undefined ? [] : [[minute, value] as const];
    }),
  );
}
