import * as z from 'zod';
import { CLAIMED_NAME, claimedNameFault } from '../core/values/claimed-name.ts';
import { urlSetting } from './url-setting.ts';

/** Scheme, host and port as browsers send them (RFC 6454 6.2), or `*`. */
const isOrigin = (value: string) => value === '*' || (URL.canParse(value) && new URL(value).origin === value);

const origin = z.string().refine(isOrigin, 'is not an origin; write scheme, host and port alone, or *');

/** Where a claim is: its name as it stands, dots and slashes included, or the names that lead to one inside others. */
const claim = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** An OIDC issuer of yours, and which claims of its tokens say what. */
const identity = (stage: string) =>
  z
    .strictObject({
      /** `iss` of the tokens: the issuer's identifier, compared as it stands (OpenID Connect Core 2). */
      issuer: urlSetting({ stage, urn: true }),
      /** `aud` of the tokens: this API. */
      audience: z.string().min(1),
      /** Where the issuer publishes its keys (RFC 7517). @default `{issuer}/.well-known/jwks.json` */
      jwksUri: urlSetting({ stage, query: true }).optional(),
      /**
       * Claims for tenant, subject, client and scopes; scopes are a list, `scp` say, or one text with spaces between them. The
       * client is the application that calls, `azp` say: `npm run versions` tells which of them use an older version.
       */
      claims: z
        .strictObject({
          tenant: claim.default('tenant'),
          subject: claim.default('sub'),
          client: claim.default('client_id'),
          scopes: claim.default('scope'),
        })
        .default({ tenant: 'tenant', subject: 'sub', client: 'client_id', scopes: 'scope' }),
    })
    .refine(({ issuer, jwksUri }) => jwksUri !== undefined || /^https?:/.test(issuer), {
      path: ['jwksUri'],
      message: 'is needed, since the issuer is no URL that its keys could be found at',
    });

/** A Cognito user pool of the stage's own, with a client for each machine that calls the API. */
const userPool = z.strictObject({
  /**
   * Minutes for which a token is good: each token costs, and a client that is revoked keeps its last one.
   * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html
   */
  accessTokenMinutes: z.int().min(5).max(1_440).default(60),
  /** By the client's name: the tenant that it acts for, and what it may do there. */
  clients: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
    z.strictObject({
      tenant: z
        .string()
        .refine(
          (tenant) => claimedNameFault(tenant) === undefined,
          `must be ${CLAIMED_NAME}, none of them hidden`,
        ),
      /**
       * Scopes of `npm run list`; `payouts:*` holds all of a resource's, and `all` is everything of every resource.
       * @default `{resource}:read` of every resource
       */
      scopes: z.union([z.literal('all'), z.array(z.string()).min(1)]).optional(),
    }),
  ),
});

/** Where a partner is. */
const partner = (stage: string) =>
  z.strictObject({
    /** Base of its API: an adapter appends paths. */
    url: urlSetting({ stage, base: true }),
    /** Token endpoint of a partner with OAuth 2 credentials (RFC 6749 3.2). @default none */
    tokenUrl: urlSetting({ stage, query: true }).optional(),
  });

const stageSettings = (stage: string) =>
  z.strictObject({
    /** Whose tokens the stage accepts: those of this issuer, or of a user pool of its own. One of the two is named. */
    identity: identity(stage).optional(),
    /** Cognito takes up to $6 a month for each client and $0.00225 for each token: `docs/cost.md`. */
    userPool: userPool.optional(),
    /** By the partner's name. */
    partners: z.record(z.string(), partner(stage)).default({}),
    /** The one origin whose pages may call the API, or `*`. @default `*` */
    allowOrigin: origin.default('*'),
    /**
     * The API version of a request that names none. Clients that name none are spoken to in another when it moves, and
     * refused when it ends. @default the service's newest
     */
    defaultApiVersion: z.iso.date().optional(),
    logLevel: z.enum(['DEBUG', 'INFO', 'WARN', 'ERROR']).default('INFO'),
    logRetentionDays: z.union([7, 30, 90, 365].map((days) => z.literal(days))).default(30),
    /** Tables stay when the stack is deleted, and cannot be deleted by hand. @default true */
    retainData: z.boolean().default(true),
    /** A new version of a function gets a tenth of the requests for five minutes, and is taken back when it fails. @default true */
    canary: z.boolean().default(true),
    /**
     * Executions of functions that the account may have at once in the region: 1,000 in most, 10 in a new one (the quota
     * *Concurrent executions* of Lambda). Requests that wait for an operation take a tenth of them at most.
     * @default what the account has, which `npm run deploy` reads; 1,000 where nobody has read it
     */
    concurrency: z.int().min(1).default(1_000),
    /**
     * Whether the functions that carry accepted operations on have executions that no other function may take:
     * `lib/holdfast/cdk/functions/reserved-concurrency.ts`. Lambda refuses it where fewer than 100 are left to all other functions of the account.
     * @default where the account has room, which `npm run deploy` reads; where nobody has read it, they have none
     */
    reserve: z.boolean().optional(),
    /**
     * Whether `GET /status` tells everybody, without a token, which partners are left alone and until when. It names those that
     * have a `publicName`. @default false, and there is no such route
     */
    status: z.boolean().default(false),
    /** Who hears of alarms, besides the topic that they are all sent to. */
    alarms: z.strictObject({ email: z.email().optional() }).default({}),
    /**
     * Requests a second of each method of each route, over all clients, and how many may come at once: a stage with 21
     * methods lets 21 times as many through. A target that API Gateway keeps as well as it can, and no ceiling.
     * `docs/limits.md` says what bounds a client.
     * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-request-throttling.html
     */
    throttle: z
      .strictObject({ ratePerSecond: z.int().min(1), burst: z.int().min(1) })
      .default({ ratePerSecond: 100, burst: 200 }),
  });

/**
 * The settings of a stage, checked and with their defaults. One issuer, and one alone: nobody gets a pool unasked, and no
 * release takes one away that somebody forgot to name.
 */
export const stageSchema = (stage: string) =>
  stageSettings(stage).refine(
    ({ identity, userPool }) => (identity === undefined) !== (userPool === undefined),
    {
      path: ['userPool'],
      message:
        "name your issuer (identity) or a user pool of the stage's own, one of the two; a stage that was deployed with neither has a pool: userPool: { clients: { machine: { tenant: 'default' } } } keeps it",
    },
  );

/** Settings of one stage, as they are written in `lib/service.ts`. */
export type StageSettings = z.input<ReturnType<typeof stageSettings>>;

/** Where a partner is. */
export type PartnerSettings = NonNullable<StageSettings['partners']>[string];
