/** What the definitions of a service are written with. */
export { apiKey, basic, bearer, oauth2 } from '../../functions/core/credentials.ts';
export {
  type Action,
  type Actor,
  type Changes,
  defineAction,
} from '../../functions/core/define-action.ts';
export { defineOperation, type Operation } from '../../functions/core/define-operation.ts';
export {
  definePartner,
  type Partner,
  type PartnerCommand,
  type PartnerContext,
} from '../../functions/core/define-partner.ts';
export { defineResource, type Resource, type Snapshot } from '../../functions/core/define-resource.ts';
export { defineSimulator, type Simulator } from '../../functions/core/define-simulator.ts';
export { changeMembers, defineVersion } from '../../functions/core/define-version.ts';
export { minorUnits } from '../../functions/core/minor-units.ts';
export { money } from '../../functions/core/money.ts';
export { actorId, closed, recordName, text, timestamp } from '../../functions/core/text.ts';
export { hmac, standardWebhooks } from '../../functions/core/verification.ts';
export { defineService, type Service } from '../define-service.ts';
