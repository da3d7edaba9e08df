import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../service/config.ts';
import { partnerUrls } from '../../service/partner-urls.ts';
import { partnersOf, type Registry } from '../../service/registry.ts';
import type { Supply } from '../functions/statements.ts';
import { stateMachineArn } from '../operations/operation-workflow.ts';
import type { State } from './state-stack.ts';

/** Whose functions need it. */
export interface SupplyProps {
  readonly config: StageConfig;
  readonly registry: Registry;
  readonly state: State;
}

/** What the functions of a service may need: where each thing is, and what it is called for them. */
export function supplyOf(scope: Construct, { config, registry, state }: SupplyProps): Supply {
  const { tables, partnerSecrets, identity } = state;
  const json = (value: unknown) => Stack.of(scope).toJsonString(value);
  const machines = registry.operations.map(
    ({ definition: { name } }) => [name, stateMachineArn(scope, config, name)] as const,
  );
  const { urls, tokenUrls } = partnerUrls(config, partnersOf(registry));
  return {
    tables,
    stateMachines: machines.map(([, arn]) => arn),
    secretArn: (secret) => partnerSecrets.arnOf(secret),
    environment: {
      ALLOW_ORIGIN: config.allowOrigin,
      CALLBACK_SECRETS: json(partnerSecrets.callbackIds),
      DEFAULT_API_VERSION: config.defaultApiVersion,
      HISTORY_TABLE: tables.history.tableName,
      IDEMPOTENCY_TABLE: tables.idempotency.tableName,
      PARTNER_TOKEN_URLS: JSON.stringify(tokenUrls),
      PARTNER_URLS: JSON.stringify(urls),
      RECORDS_TABLE: tables.records.tableName,
      STATE_MACHINES: JSON.stringify(Object.fromEntries(machines)),
      TOKEN_RULES: json(identity?.tokenRules ?? issuerRules(config)),
      WAITING_SEATS: JSON.stringify(waitingSeats(config)),
    },
  };
}

/** What the authorizer goes by, where the stage names an issuer. */
function issuerRules({ identity }: StageConfig) {
  if (identity === undefined) throw new Error('a stage without an issuer has a user pool');
  const {
    issuer,
    audience,
    claims,
    jwksUri = `${issuer.replace(/\/$/, '')}/.well-known/jwks.json`,
  } = identity;
  return { issuer, audience, jwksUri, claims };
}

/** Waits that may begin in a window: twice as many are under way at most, and one tenant takes half of them at most. */
const waitingSeats = ({ concurrency }: StageConfig) => {
  const all = Math.max(1, Math.floor(concurrency / 20));
  return { all, tenant: Math.ceil(all / 2) };
};
