import { Annotations, Duration, Stack } from 'aws-cdk-lib';
import { Mfa, OAuthScope, ResourceServerScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { isWildcard, wildcardOf } from '../../core/definitions/scopes.ts';
import type { StageConfig } from '../../service/config.ts';
import { retention } from '../functions/retention.ts';

/** Most scopes of one resource server, and of one client. @see https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const MOST_SCOPES = 100;
const MOST_CLIENT_SCOPES = 50;

/** Settings of a client. */
export interface UserPoolClientSettings {
  readonly tenant: string;
  /** `all` is `{resource}:*` of every resource, and its `:read` while a client can hold both. @default `{resource}:read` of every resource */
  readonly scopes?: readonly string[] | 'all' | undefined;
}

/** Settings of a user pool. */
export type UserPoolSettings = NonNullable<StageConfig['userPool']>;

/**
 * The scopes of a client: those that its settings state, all that read, or for `all` those that hold all others besides.
 * @param all every scope there is
 * @throws Error for a scope that there is not, with those that there are
 */
export function clientScopes(
  name: string,
  client: UserPoolClientSettings,
  all: readonly string[],
): readonly string[] {
  const scopes = [...new Set(grantedScopes(client, all))];
  const stranger = scopes.find((scope) => !all.includes(scope));
  if (stranger !== undefined)
    throw new Error(
      `client '${name}' in lib/service.ts has the scope '${stranger}', which there is not; choose from ${all.join(', ')}`,
    );
  if (scopes.length > MOST_CLIENT_SCOPES)
    throw new Error(
      `client '${name}' in lib/service.ts has ${scopes.length} scopes, and a client of Cognito can hold ${MOST_CLIENT_SCOPES}; ${fewerScopes(scopes)}`,
    );
  return scopes;
}

/** Cognito refuses a token for a scope that the client is not given by name, though it be given one that holds it. */
function grantedScopes({ scopes }: UserPoolClientSettings, all: readonly string[]): readonly string[] {
  if (typeof scopes === 'object') return scopes;
  const reading = all.filter((scope) => scope.endsWith(':read'));
  if (scopes === undefined) return reading;
  const whole = all.filter(isWildcard);
  return whole.length + reading.length > MOST_CLIENT_SCOPES ? whole : [...whole, ...reading];
}

/** What to write instead of more scopes than a client can hold. */
function fewerScopes(scopes: readonly string[]): string {
  const whole = [...new Set(scopes.map(wildcardOf))];
  return whole.length > MOST_CLIENT_SCOPES
    ? `these are of ${whole.length} resources, so choose its resources, as scopes: ['${whole.slice(0, 2).join("', '")}']`
    : `state those that hold others, as ${whole[0]}`;
}

/** Who may get tokens, and for what. */
export interface IdentityProps {
  readonly config: StageConfig;
  readonly settings: UserPoolSettings;
  /** Every scope there is, those that hold others first. */
  readonly scopes: readonly string[];
}

/** A user pool for a stage that names no issuer of its own; its clients are machines (RFC 6749 4.4). */
export class Identity extends Construct {
  readonly userPool: UserPool;
  /** What the authorizer goes by. */
  readonly tokenRules: Readonly<Record<string, unknown>>;
  /** Where a client gets a token. */
  readonly tokenUrl: string;
  /** Ids of the clients, by their names. */
  readonly clientIds: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { config, settings, scopes }: IdentityProps) {
    super(scope, id);
    const { clients, accessTokenMinutes } = settings;
    const { region, account } = Stack.of(this);
    this.userPool = new UserPool(this, 'Pool', {
      userPoolName: config.namePrefix,
      // No stranger makes an account, and nobody gets along with a password alone.
      selfSignUpEnabled: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      // Not protected besides: with its domain, Cognito refuses to delete it anyway, and a pool that is protected could not
      // be taken back when what comes after it fails in a first deployment.
      // @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserPool.html
      removalPolicy: retention(config.retainData),
    });
    const domain = this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `${config.namePrefix}-${account}` },
    });
    const granted = new Map(
      Object.entries(clients).map(([name, client]) => [name, clientScopes(name, client, scopes)]),
    );
    const resourceServer = this.#register(
      config.service.prefix,
      scopes,
      new Set([...granted.values()].flat()),
    );
    this.clientIds = Object.fromEntries(
      [...granted].map(([name, own]) => [
        name,
        this.#client(name, own.map(resourceServer), Duration.minutes(accessTokenMinutes)).userPoolClientId,
      ]),
    );
    const issuer = `https://cognito-idp.${region}.amazonaws.com/${this.userPool.userPoolId}`;
    this.tokenUrl = `${domain.baseUrl()}/oauth2/token`;
    this.tokenRules = {
      issuer,
      jwksUri: `${issuer}/.well-known/jwks.json`,
      clients: Object.fromEntries(
        Object.entries(clients).map(([name, { tenant }]) => [this.clientIds[name], tenant]),
      ),
      scopePrefix: `${config.service.prefix}/`,
    };
  }

  /**
   * Registers the scopes, those of clients first, under Cognito's name for this API, which it puts before each.
   * @returns what makes a scope of this API of each
   */
  #register(
    identifier: string,
    scopes: readonly string[],
    granted: ReadonlySet<string>,
  ): (scope: string) => OAuthScope {
    const rank = (scope: string) => (granted.has(scope) ? 0 : 1);
    const left = scopes.toSorted((a, b) => rank(a) - rank(b)).slice(MOST_SCOPES);
    if (left.length > 0) {
      Annotations.of(this).addWarningV2(
        'holdfast:scopes',
        `Cognito registers ${MOST_SCOPES} scopes of ${scopes.length}; no client asks for ${left[0]} and ${left.length - 1} more, which ${scopes[0]} and its like grant`,
      );
    }
    const registered = scopes
      .filter((scope) => !left.includes(scope))
      .map((scopeName) => new ResourceServerScope({ scopeName, scopeDescription: `Scope ${scopeName}` }));
    const server = this.userPool.addResourceServer('Api', {
      identifier,
      scopes: registered,
    });
    const byName = new Map(
      registered.map((scope) => [scope.scopeName, OAuthScope.resourceServer(server, scope)]),
    );
    return (name) => {
      const scope = byName.get(name);
      if (scope !== undefined) return scope;
      throw new Error(
        `scope '${name}' of a client in lib/service.ts is not among the ${MOST_SCOPES} that Cognito registers; give the client ${wildcardOf(name)}`,
      );
    };
  }

  #client(name: string, scopes: OAuthScope[], accessTokenValidity: Duration) {
    return this.userPool.addClient(name, {
      userPoolClientName: name,
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes },
      accessTokenValidity,
    });
  }
}
