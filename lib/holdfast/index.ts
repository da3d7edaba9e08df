/** What the definitions of a service are written with. */

export { type Action, defineAction } from './core/definitions/define-action.ts';
export { defineOperation, type Operation } from './core/definitions/define-operation.ts';
export { defineResource, type Resource } from './core/definitions/define-resource.ts';
/**
 * Exact arithmetic with amounts of money, and the schemas of those that may be zero or less. One name for all of it, and a
 * module of its own: a function that does not calculate carries none of it, whereas members of `money`, a schema that most
 * bundles hold, would come along with each.
 */
export * as amounts from './core/money/amounts.ts';
export { minorUnits } from './core/money/minor-units.ts';
export { money } from './core/money/money.ts';
export { apiKey, basic, bearer, oauth2 } from './core/partners/credentials.ts';
export { definePartner, type Partner, type PartnerCommand } from './core/partners/define-partner.ts';
export { defineSimulator } from './core/partners/define-simulator.ts';
export { hmac, standardWebhooks } from './core/partners/verification.ts';
export { actorId, closed, recordName, text, timestamp } from './core/values/text.ts';
export { changeMembers, defineVersion } from './core/versions/define-version.ts';
export { defineService } from './service/define-service.ts';
