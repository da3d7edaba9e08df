import type { Operation } from '../definitions/define-operation.ts';
import type { Partner } from '../partners/define-partner.ts';

/** A partner that everybody may be told of. */
export interface PublicPartner extends Partner {
  readonly publicName: string;
}

/** What everybody may know of a partner. */
export interface PartnerStatus {
  /** The partner's public name. */
  readonly name: string;
  /** `left-alone`: its circuit breaker is open, so it is not called before `until`. What is accepted meanwhile waits. */
  readonly state: 'called' | 'left-alone';
  /** RFC 3339. */
  readonly until?: string;
}

const isPublic = (partner: Partner): partner is PublicPartner => partner.publicName !== undefined;

/** The partners that operations call and that have a public name, each once. A partner without one is nobody's business. */
export const publicPartners = (operations: readonly Operation[]): readonly PublicPartner[] => [
  ...new Set(operations.flatMap(({ steps }) => steps.map(({ partner }) => partner)).filter(isPublic)),
];

/** A partner as it was read: its public name, and until when its breaker is open. */
export type ReadPartner = Pick<PublicPartner, 'publicName'> & { readonly openUntil: number | undefined };

/**
 * The body of `GET /status`.
 * @param readAt when the breakers were read, in epoch milliseconds
 * @param now epoch milliseconds; a breaker that was open when it was read may have closed
 */
export const statusBody = (partners: readonly ReadPartner[], readAt: number, now: number) => ({
  asOf: new Date(readAt).toISOString(),
  partners: partners.map(
    ({ publicName, openUntil = 0 }): PartnerStatus =>
      openUntil > now
        ? { name: publicName, state: 'left-alone', until: new Date(openUntil).toISOString() }
        : { name: publicName, state: 'called' },
  ),
});
