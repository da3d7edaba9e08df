import type { Node } from '../../openapi/schemas/node.ts';
import { type Difference, fact } from './change.ts';
import { problemsOf } from './compare-responses.ts';
import { compareSchemas } from './compare-schemas.ts';

type Nodes = Readonly<Record<string, Node>>;

/**
 * What differs between the problems of two operations. A new code breaks nobody, since clients act by `recovery`; one that
 * is gone leaves those behind who act by it.
 */
export function compareProblems(before: Nodes, after: Nodes): readonly Difference[] {
  const [was, is] = [problemsOf(before), problemsOf(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((code) => {
    const [old, recent] = [was.get(code), is.get(code)];
    if (recent === undefined)
      return [
        fact(true, `problem ${code}: it is gone`, `that acts by the problem ${code} is never answered it`),
      ];
    if (old === undefined) {
      const sentence = `may be answered the problem ${code}, and does what its recovery says`;
      return [fact(false, `problem ${code}: it is new`, sentence)];
    }
    return compareSchemas(old, recent, { direction: 'response', at: '', part: `problem ${code}` });
  });
}
