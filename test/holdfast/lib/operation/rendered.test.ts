import { describe, expect, test } from '@jest/globals';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import { asHtml } from '../../../../lib/holdfast/cli/operation/rendered/as-html.ts';
import { asText } from '../../../../lib/holdfast/cli/operation/rendered/as-text.ts';
import { CLAIMED, caseOf, NOW, noted } from './cases.ts';

test('evidence with lines of its own passes for no heading of ours', () => {
  const evidence = 'Ms Bell said so\n\nNever do this:\n  Wait.';
  const resolved = { action: 'resolve', actor: 'carol', outcome: 'succeeded', evidence } as const;
  const explanation = explain(caseOf({}, noted(CLAIMED, resolved)), NOW);

  const headings = asText(explanation).match(/^[A-Z].*:$/gm) ?? [];

  expect(asText(explanation)).toContain('Ms Bell said so');
  expect(headings).toEqual([...new Set(headings)]);
});

describe('the page', () => {
  const html = asHtml(
    explain(caseOf({}, noted({ action: 'cancel', actor: '<script>alert(1)</script>', note: 'a & b' })), NOW),
    ':root { --ink: #000 }',
    'Payouts',
  );

  test('has one heading of the first order, and its sections below it', () => {
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(html.match(/<h2>/g)?.length).toBeGreaterThan(5);
    expect(html).not.toMatch(/<h[3-6]/);
  });

  test('loads nothing, and runs nothing that somebody has typed', () => {
    expect(html).not.toMatch(/src=|@import|url\(|<link rel="stylesheet"|<script/);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(html).toContain(':root { --ink: #000 }');
  });
});
