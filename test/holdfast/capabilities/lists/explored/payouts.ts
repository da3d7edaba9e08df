import { defineResource } from 'holdfast';
import { lists } from 'holdfast/lists';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** Payouts that are listed by what they are for, and by what is noted of them in each state. */
export default defineResource(payouts, lists({ byReference: ['reference'], byNote: ['note', 'state'] }));
