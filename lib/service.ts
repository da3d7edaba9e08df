import { defineService, type Service } from 'holdfast';

/**
 * This service. Its prefix is recorded in `lib/recorded/frozen.json`: under another one every stage would come up in new, empty
 * stacks.
 */
export const service: Service = defineService({ name: 'payouts', prefix: 'holdfast', title: 'Holdfast' });

/** `holdfast-production`: what the physical names of a stage begin with, so that an account holds many. */
export const namePrefixOf = (stage: string, { prefix }: Service = service): string => `${prefix}-${stage}`;
