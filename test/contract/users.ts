import { randomUUID } from 'node:crypto';
import { signIn } from '../support/service.ts';

/** Where the service under test is. */
export const BASE_URL = process.env.BASE_URL ?? '';

/** A tenant that no other test uses. */
export const freshTenant = (): string => `tenant-${randomUUID()}`;

/** A user of the service under test. */
export const signedIn = (as: { subject?: string; tenant?: string; scopes?: string } = {}) =>
  signIn(BASE_URL, as);
