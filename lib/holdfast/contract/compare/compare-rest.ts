import { isDeepStrictEqual } from 'node:util';
import type { Node } from '../../openapi/schemas/node.ts';
import { PROSE } from '../document/document.ts';
import { type Difference, fact } from './change.ts';

/**
 * What two nodes say besides what is compared elsewhere. What another value of it means to a client nobody can tell, so each
 * difference breaks: a keyword that this gate does not know is never passed over.
 * @param id what the nodes are: `query limit`
 * @param known keywords that are compared elsewhere
 * @param defaults what a keyword means that is not there
 */
export function compareRest(
  before: Node,
  after: Node,
  id: string,
  known: readonly string[],
  defaults: Readonly<Record<string, unknown>> = {},
): readonly Difference[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => ![...known, ...PROSE, 'deprecated'].includes(name) && !name.startsWith('x-'))
    .map((name) => ({ name, was: before[name] ?? defaults[name], is: after[name] ?? defaults[name] }))
    .filter(({ was, is }) => !isDeepStrictEqual(was, is))
    .map(({ name, was, is }) => {
      const what = `${name} was ${told(was)}, and is ${told(is)}`;
      return fact(true, `${id}: ${what}`, `that was made for ${id} as before may not work: ${what}`);
    });
}

const told = (value: unknown) => (value === undefined ? 'not there' : JSON.stringify(value));
