import { describe, expect, test } from '@jest/globals';
import { completeTo, type HistoryEntry } from '../../../lib/holdfast/core/requests/history-completeness.ts';

const by = (sk: string, to = 'draft'): HistoryEntry => ({ sk, actor: 'alice', to });
const step = (sk: string, to = 'running'): HistoryEntry => ({ ...by(sk, to), operation: 'op_1' });
const end = (sk: string): HistoryEntry => ({ sk, actor: 'system:operation', to: 'paid', operation: 'op_1' });

const told = [by('1'), by('2'), step('2.1', 'accepted'), step('2.2'), step('2.3', 'succeeded'), end('3')];

const without = (...missing: readonly string[]) => told.filter(({ sk }) => !missing.includes(sk));

describe('a history', () => {
  test.each([
    ['nothing', [], '0', 0],
    ['every version', told, '0', 3],
    ['all but the first', without('1'), '0', 0],
    ['all but one in the middle', without('2'), '0', 1],
    ['all but the first of an operation', without('2.1'), '0', 2],
    ['all but one in the middle of an operation', without('2.2'), '0', 2],
    ['all but the end of an operation', without('2.3'), '0', 2],
    ['nothing of an operation but its end', without('2.1', '2.2', '2.3'), '0', 2],
    ['what is under way', without('2.3', '3'), '0', 2],
    ['the rest of a page before', told.slice(3), '2.1', 3],
    ['the rest of a page before, but for its first', told.slice(4), '2.1', 2],
    ['the end of an operation that a page before has told of', told.slice(5), '2.3', 3],
  ])('that has %s says so', (_, entries, after, version) => {
    expect(completeTo(entries, after)).toBe(version);
  });
});
