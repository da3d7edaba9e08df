import { type Synthesis, synthesize } from '../synthesis/synthesize.ts';

/** What is on a free port of this machine, another one with each start. */
export interface LocalAddresses {
  /** Where the issuer publishes its keys. */
  readonly jwksUri: string;
  /** Where every partner is simulated, each below its name. */
  readonly partnersUrl: string;
}

/** What tokens of the local issuer say of themselves. */
export const LOCAL_ISSUER = { issuer: 'urn:holdfast:local', audience: 'holdfast' } as const;

/** Stand in the templates for addresses that only a start knows. No host is named so (RFC 6761 6.4). */
const PLACEHOLDERS: LocalAddresses = {
  jwksUri: 'http://issuer.invalid/jwks.json',
  partnersUrl: 'http://partners.invalid',
};

/**
 * The templates of the local stage and the documentation, as the files are now. Templates hold placeholders where a start
 * has addresses of its own, so that every start of the same source shares one synthesis; they are filled in here.
 * @throws SynthError
 */
export async function synthesizeLocal(addresses: LocalAddresses): Promise<Synthesis> {
  const { stacks, ...rest } = await synthesize({
    stage: 'local',
    identity: { ...LOCAL_ISSUER, jwksUri: PLACEHOLDERS.jwksUri },
    partnersUrl: PLACEHOLDERS.partnersUrl,
    site: true,
  });
  const text = JSON.stringify(stacks)
    .replaceAll(PLACEHOLDERS.jwksUri, addresses.jwksUri)
    .replaceAll(PLACEHOLDERS.partnersUrl, addresses.partnersUrl);
  return { ...rest, stacks: JSON.parse(text) };
}
