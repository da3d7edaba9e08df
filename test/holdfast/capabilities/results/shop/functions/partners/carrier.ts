import { definePartner } from 'holdfast';
import { manners } from '../values/manners.ts';

/** Collects parcels. */
export default definePartner({
  ...manners,
  name: 'carrier',
  answers: {
    at: ['status'],
    succeeded: { COLLECTED: ({ trackingNumber }) => ({ trackingNumber }) },
    notFound: ['NOT_FOUND'],
    rejects: { NO: 'the carrier does not go there' },
  },
  send: ({ name, reference, input }, { request }) => request('POST', `/${name}`, { reference, ...input }),
  query: ({ name, reference }, { request }) => request('GET', `/${name}/${reference}`),
});
