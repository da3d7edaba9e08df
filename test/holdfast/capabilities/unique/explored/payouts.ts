import { defineResource } from 'holdfast';
import { unique } from 'holdfast/unique';
import payouts from '../../../../../functions/actions/payouts/resource.ts';

/** Payouts of which no two are for the same. */
export default defineResource(payouts, unique(['reference']));
