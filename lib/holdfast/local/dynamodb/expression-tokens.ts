/** A token of an expression of DynamoDB: a name, a placeholder, a number, an operator or a separator. */
export type Token = string;

// A name may hold dots only between names, where they are separators; keywords are names to the tokenizer.
const TOKEN = /[#:]?\w+|<>|<=|>=|[=<>+\-,.()[\]]/g;

/** The tokens of an expression; what is no token is left to DynamoDB to refuse. */
export const tokensOf = (expression: string): readonly Token[] => expression.match(TOKEN) ?? [];

const OPERATORS = ['=', '<>', '<', '<=', '>', '>=', '+', '-', 'AND', 'OR', 'NOT', 'BETWEEN', 'IN'];

/**
 * Operators and functions of an expression, as its limit counts them: the AND of a BETWEEN is part of it, and the `=` of an
 * update assigns.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-expression-parameters-operators
 */
export function operatorCount(tokens: readonly Token[], isUpdate: boolean): number {
  const isOperator = (token: Token, i: number) =>
    (OPERATORS.includes(token.toUpperCase()) && !(isUpdate && token === '=')) ||
    (tokens[i + 1] === '(' && /^[a-z_]+$/.test(token));
  const betweens = tokens.filter((token) => token.toUpperCase() === 'BETWEEN').length;
  return tokens.filter(isOperator).length - betweens;
}

/** Operands of each IN of an expression. */
export const operandsOfIn = (tokens: readonly Token[]): readonly number[] =>
  tokens.flatMap((token, i) => {
    if (token.toUpperCase() !== 'IN' || tokens[i + 1] !== '(') return [];
    const list = tokens.slice(i + 2, tokens.indexOf(')', i));
    return [list.filter((each) => each !== ',').length];
  });

/** Values that an update sets an attribute of the item itself to, by the attribute as it is written. */
export function assignments(tokens: readonly Token[]): readonly (readonly [name: Token, value: Token])[] {
  const endsHere = (token: Token | undefined) =>
    token === undefined || token === ',' || /^(?:REMOVE|ADD|DELETE|SET)$/i.test(token);
  return tokens.flatMap((token, i) => {
    const [before, name, value = '', after] = [
      tokens[i - 2],
      tokens[i - 1] ?? '',
      tokens[i + 1],
      tokens[i + 2],
    ];
    const isPlain = value.startsWith(':') && endsHere(after) && endsHere(before);
    return token === '=' && isPlain ? [[name, value] as const] : [];
  });
}

/** Values of a key condition, each with the key that it is compared with, as it is written. */
export function keyConditions(tokens: readonly Token[]): readonly (readonly [name: Token, value: Token])[] {
  const keywords = ['AND', 'BETWEEN', 'BEGINS_WITH'];
  let name = '';
  return tokens.flatMap((token) => {
    if (token.startsWith(':')) return [[name, token] as const];
    if (/^[#\w]/.test(token) && !keywords.includes(token.toUpperCase())) name = token;
    return [];
  });
}
