import { defineService } from 'holdfast';

/** Whose clients may get tokens from a pool of the stage's own, until you name your issuer. They may read. */
const userPool = { clients: { machine: { tenant: 'default' } } };

/** This service: what it is called, where its partners are, and what differs from stage to stage. */
export default defineService({
  name: 'payouts',
  // Recorded in `lib/recorded`: under another one every stage would come up in new, empty stacks.
  prefix: 'holdfast',
  title: 'Holdfast',
  apiVersion: '2026-11-01',
  // Until these are your partners' addresses, operations wait for them.
  partners: {
    screening: { url: 'https://screening.example.com' },
    bank: { url: 'https://bank.example.com' },
  },
  stages: {
    dev: {
      // May do everything, so that the stage can be tried.
      userPool: { clients: { machine: { tenant: 'default', scopes: 'all' } } },
      logLevel: 'DEBUG',
      logRetentionDays: 7,
      retainData: false,
      canary: false,
      throttle: { ratePerSecond: 20, burst: 40 },
    },
    staging: { userPool },
    production: { userPool, logRetentionDays: 365, throttle: { ratePerSecond: 1_000, burst: 2_000 } },
  },
});
