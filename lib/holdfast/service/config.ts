import * as z from 'zod';
import { checkStageName, type KitStageName, namePrefixOf, type Service } from './define-service.ts';
import { service } from './project.ts';
import { type StageSettings, stageSchema } from './stage-settings.ts';

/** Settings of one stage, defaults filled in. */
export type StageConfig = z.output<ReturnType<typeof stageSchema>> & {
  readonly stage: string;
  readonly service: Service;
  readonly defaultApiVersion: string;
  /** `holdfast-production`: what the physical names of the stage begin with. */
  readonly namePrefix: string;
  /** Path of the API on its host, without a trailing slash: API Gateway serves a stage under its name. */
  readonly basePath: string;
};

/** A Cognito domain has 63 characters, of which the account's number and its hyphen take 13. */
const MOST_NAME_PREFIX = 50;

/** Tokens of this machine's own issuer, which the local cloud names when it starts. */
const identity = {
  issuer: 'urn:holdfast:local',
  audience: 'holdfast',
  jwksUri: 'http://127.0.0.1/jwks.json',
};

/** Stages of the kit's own, for this machine and for `npm run accept`. */
const KIT_STAGES: Readonly<Record<string, StageSettings>> = {
  // Each function of the local cloud has ten environments of its own, of which waits leave some free.
  local: { identity, retainData: false, canary: false, concurrency: 80, status: true },
  // Of `npm run e2e`, which names its own issuer and partners.
  emulated: { identity, retainData: false, canary: false, status: true },
  // Of `npm run accept`, which makes it in an account, tries it, and takes it away.
  acceptance: {
    userPool: {
      clients: Object.fromEntries(
        ['maker', 'checker'].map((name) => [name, { tenant: 'acceptance', scopes: 'all' as const }]),
      ),
    },
    logRetentionDays: 7,
    retainData: false,
    throttle: { ratePerSecond: 200, burst: 400 },
  },
} satisfies Record<KitStageName, StageSettings>;

const stageNamesOf = ({ stages }: Service): readonly string[] => Object.keys({ ...KIT_STAGES, ...stages });

/** Every stage that there are settings for: the kit's own, then the service's. */
export const stageNames: readonly string[] = stageNamesOf(service);

/**
 * The settings of a stage.
 * @param replaced settings that take the place of the stage's own; an issuer takes that of its user pool, and the reverse
 * @param account settings that hold where the stage has none of its own: what is known of the account
 * @param of whose stage it is; this service's, but for tests
 * @throws Error that names the setting, what is allowed, and this file
 */
export function stageConfig(
  stage: string,
  replaced: Partial<StageSettings> = {},
  account: Pick<StageSettings, 'concurrency' | 'reserve'> = {},
  of: Service = service,
): StageConfig {
  const settings = KIT_STAGES[stage] ?? of.stages[stage];
  if (settings === undefined) {
    throw new Error(
      `stage '${stage}' is unknown; choose from ${stageNamesOf(of).join(', ')}, or add it in lib/service.ts`,
    );
  }
  const { userPool: _, identity: __, ...others } = settings;
  const isReplaced = replaced.identity !== undefined || replaced.userPool !== undefined;
  const own = isReplaced ? others : settings;
  const result = stageSchema(stage).safeParse({
    ...account,
    ...own,
    partners: { ...of.partners, ...own.partners },
    ...replaced,
  });
  if (!result.success) {
    throw new Error(`stage '${stage}' in lib/service.ts is not valid\n${z.prettifyError(result.error)}`);
  }
  checkStageName(stage);
  const namePrefix = namePrefixOf(stage, of);
  if (namePrefix.length > MOST_NAME_PREFIX) {
    throw new Error(
      `'${namePrefix}' has ${namePrefix.length} characters, and a Cognito domain that begins with it takes ${MOST_NAME_PREFIX}; shorten the stage's name in lib/service.ts, or the prefix in lib/service.ts`,
    );
  }
  return {
    ...result.data,
    defaultApiVersion: result.data.defaultApiVersion ?? of.apiVersion,
    stage,
    service: of,
    namePrefix,
    basePath: stage === 'local' ? '' : `/${stage}`,
  };
}
