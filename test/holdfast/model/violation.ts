/** What a history must show, each under the name that is printed where it does not. */
export type Rule =
  | 'a history tells each version once'
  | 'a refused request has no effect'
  | 'an effect is what its request asks, and the state permits'
  | 'an action takes effect on the version that it names'
  | 'what is decided on two payouts is done to both'
  | 'all that was done has one order'
  | 'a version is the same for whoever sees it'
  | 'a key has one answer'
  | 'a key answers the request that it came with alone'
  | 'one answer of a key is no replay'
  | 'a retry is told of its own success'
  | 'a refusal is true when it is made'
  | 'versions follow each other in real time'
  | 'reads never go back'
  | 'a tenant sees its own alone'
  | 'each disbursement has one operation'
  | 'an operation ends as its partners say'
  | 'a retry is answered at last'
  | 'nothing is there that nobody was told of'
  | 'nothing else is answered';

/** A rule that a history breaks, and what shows it. */
export class Violation extends Error {
  constructor(rule: Rule, detail: string) {
    super(`${rule}: ${detail}`);
    this.name = 'Violation';
  }
}

/** @throws Violation unless it holds */
export function must(holds: boolean, rule: Rule, detail: () => string): asserts holds {
  if (!holds) throw new Violation(rule, detail());
}
