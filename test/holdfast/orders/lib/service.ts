import { defineService } from 'holdfast';

/** Whose clients may get tokens from a pool of the stage's own. */
const userPool = { clients: { machine: { tenant: 'default' } } };

export default defineService({
  name: 'orders',
  apiVersion: '2026-11-01',
  // Until these are your partners' addresses, operations wait for them.
  partners: {
    printer: { url: 'https://printer.example.com' },
    carrier: { url: 'https://carrier.example.com' },
  },
  stages: {
    dev: { userPool, logRetentionDays: 7, retainData: false, canary: false },
    production: { userPool, logRetentionDays: 365, throttle: { ratePerSecond: 1_000, burst: 2_000 } },
  },
});
