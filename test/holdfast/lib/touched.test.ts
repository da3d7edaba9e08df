import { describe, expect, test } from '@jest/globals';
import type { ActionExtension } from '../../../lib/holdfast/core/definitions/action-extension.ts';
import { checkTouched } from '../../../lib/holdfast/service/check-touched.ts';
import { loadRegistry } from '../../../lib/holdfast/service/registry.ts';

const { resources } = await loadRegistry();

/** The service, with an action of it that decides on this as well. */
function deciding(touched: Partial<ActionExtension['touches'][number]>) {
  const [payouts, ...others] = resources;
  const [action] = payouts?.actions ?? [];
  if (payouts === undefined || action === undefined) throw new Error('there is no action');
  const touches = [
    { name: 'other', resource: payouts.definition, writes: true, states: ['draft'], ...touched },
  ];
  const definition = { ...action.definition, with: { problems: {}, touches } };
  return [{ ...payouts, actions: [{ ...action, definition }, ...payouts.actions.slice(1)] }, ...others];
}

describe('an action that decides on another resource', () => {
  test('may do so by what the service has', () => {
    expect(() => checkTouched(deciding({}))).not.toThrow();
  });

  test('is refused where that is a look-alike: it would be kept where the resource of that name is', () => {
    const [payouts] = resources;
    const resource = { ...payouts?.definition, states: ['gone'] } as never;

    expect(() => checkTouched(deciding({ resource }))).toThrow(
      "'other' is of 'payouts', which is not the resource of that name; import its resource.ts",
    );
  });

  test('is refused where it changes that in a state that an operation holds', () => {
    expect(() => checkTouched(deciding({ states: ['disbursing'] }))).toThrow(
      "'other' may be 'disbursing', in which operation 'disburse-payout' holds it until its own end; name states that none holds",
    );
  });

  test('may read it there', () => {
    expect(() => checkTouched(deciding({ states: ['disbursing'], writes: false }))).not.toThrow();
  });
});
