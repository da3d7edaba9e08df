import { describe, expect, test } from '@jest/globals';
import { explain } from '../../../../lib/holdfast/cli/operation/explain.ts';
import { asText } from '../../../../lib/holdfast/cli/operation/rendered/as-text.ts';
import { CLAIMED, caseOf, NOW, noted } from '../../lib/operation/cases.ts';
import shipOrder from './shop/functions/operations/ship-order.ts';

describe('what is told of an operation that needs a person', () => {
  const told = (step: string, detail: string) =>
    asText(
      explain(
        caseOf({ state: 'needs-attention', step, problem: { detail } }, noted({ ...CLAIMED, step }), {
          definition: shipOrder,
        }),
        NOW,
      ),
    );

  test('says which result to ask for, and where to write it', () => {
    const text = told('hand-over', 'its result is not known');

    expect(text).toContain("Ask for trackingNumber of 'hand-over' as well: what follows needs it.");
    expect(text).toContain(
      '{"outcome":"succeeded","evidence":"WHO SAID WHAT, AND WHEN","result":{"trackingNumber":"…"}}',
    );
    expect(text).toContain('{"outcome":"retry","evidence":"WHO SAID WHAT, AND WHEN"}');
  });

  test('asks for no result where only the resource stands in the way', () => {
    expect(told('hand-over', "resolve with resource 'leave'")).not.toContain('"result"');
  });

  test('asks for none of what takes a step back', () => {
    expect(told('void', 'refused')).not.toContain('"result"');
  });
});
