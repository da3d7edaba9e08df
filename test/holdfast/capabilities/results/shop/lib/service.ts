import { defineService } from 'holdfast';

/** Whose clients may get tokens from a pool of the stage's own. */
const userPool = { clients: { machine: { tenant: 'default' } } };

export default defineService({
  name: 'shipping',
  apiVersion: '2026-11-01',
  partners: {
    printer: { url: 'https://printer.example.com' },
    carrier: { url: 'https://carrier.example.com' },
  },
  stages: { dev: { userPool, retainData: false, canary: false }, production: { userPool } },
});
