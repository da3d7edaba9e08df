import * as z from 'zod';
import { changed } from '../../../../../lib/holdfast/core/decisions/apply-decision.ts';
import { extendedAction } from '../../../../../lib/holdfast/core/definitions/define-action.ts';
import { partitionKey } from '../../../../../lib/holdfast/core/store/keys.ts';
import type { Extension } from '../../../../../lib/holdfast/core/writes/extension.ts';
import payouts from './payouts.ts';

/** Has another payout changed as this one is, as a capability would. */
const other: Extension = {
  problems: {},
  touches: [{ name: 'other', resource: payouts, writes: true, states: ['draft'] }],
  async extend({ asked, input, store }) {
    const id = String(input.other);
    const pk = partitionKey(payouts, asked.actor.tenant, id);
    const read = await store.load(payouts, pk);
    if (read === undefined) throw new Error(`${id} is not there`);
    return {
      items: new Map([[pk, read]]),
      given: {},
      own: (result) => result,
      writes(changes, { now, newCommit, event }) {
        const { stored: current } = read;
        const to = () => current.state;
        const decided = changed('it', payouts, changes, { id, now, commit: newCommit(), current, to });
        return [{ label: 'side', change: { resource: payouts, pk, read, decided, event } }];
      },
    };
  },
};

/** Says that two payouts are for the same, which they may not be. */
export default extendedAction({
  resource: payouts,
  name: 'rename-both',
  summary: 'Say what both are for.',
  scope: 'payouts:rename-both',
  from: ['draft'],
  to: 'draft',
  input: z.strictObject({ other: z.string(), reference: z.string() }),
  decide: ({ input: { reference } }: { readonly input: { readonly reference: string } }) => ({ reference }),
  with: other,
});
