import { definePartner } from 'holdfast';
import { manners } from '../values/manners.ts';

/** Prints labels, and takes them back. */
export default definePartner({
  ...manners,
  name: 'printer',
  answers: {
    print: {
      at: ['status'],
      succeeded: { PRINTED: ({ labelId, paper }) => ({ labelId, paper }) },
      notFound: ['NOT_FOUND'],
    },
    void: { at: ['status'], succeeded: ['VOIDED'], notFound: ['NOT_FOUND'] },
  },
  send: ({ name, reference, undoes, input }, { request }) =>
    request('POST', `/${name}`, { reference, undoes, ...input }),
  query: ({ name, reference }, { request }) => request('GET', `/${name}/${reference}`),
});
