import { createHash } from 'node:crypto';
import { UNDECLARED_ANSWERS } from '../../core/metric-names.ts';
import type { AnswerSource, Reading } from '../../core/partners/answers.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import { count } from '../aws/metric.ts';

/** Counts what no table names; the log tells values apart without telling them. */
export function countUndeclared(
  { name }: Partner,
  source: AnswerSource,
  { undeclared }: Pick<Reading, 'undeclared'>,
  status: number,
): void {
  if (undeclared === undefined) return;
  const { why, word } = undeclared;
  const hash = word === undefined ? undefined : createHash('sha256').update(word).digest('hex').slice(0, 16);
  count(UNDECLARED_ANSWERS, { by: { partner: name }, source, status, why, hash, length: word?.length });
}
