import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import { Identity } from '../constructs/identity.ts';
import { PartnerSecrets } from '../constructs/partner-secrets.ts';
import { HistoryTable, IdempotencyTable, RecordsTable } from '../constructs/records-table.ts';
import { partnersOf, type Registry, scopesOf } from '../registry.ts';

/** Whose state it is. */
export interface StateStackProps extends StackProps {
  readonly config: StageConfig;
  readonly registry: Registry;
}

/** Everything that a deployment must never replace: tables, secrets, and the clients that have them. */
export class StateStack extends Stack {
  readonly records: TableV2;
  readonly idempotency: TableV2;
  readonly history: TableV2;
  /** @default none, where the stage names an issuer of its own */
  readonly identity: Identity | undefined;
  readonly partnerSecrets: PartnerSecrets;

  constructor(scope: Construct, id: string, { config, registry, ...props }: StateStackProps) {
    super(scope, id, { description: `Holdfast, stage ${config.stage}: tables`, ...props });
    this.records = new RecordsTable(this, 'Records', { retain: config.retainData }).table;
    this.idempotency = new IdempotencyTable(this, 'Idempotency', { retain: config.retainData }).table;
    this.history = new HistoryTable(this, 'History', { retain: config.retainData }).table;
    this.identity =
      config.identity === undefined
        ? new Identity(this, 'Identity', {
            config,
            clients: config.userPool.clients,
            scopes: scopesOf(registry),
          })
        : undefined;
    if (this.identity !== undefined) this.#addOutputs(this.identity);
    this.partnerSecrets = new PartnerSecrets(this, 'Partners', { config, partners: partnersOf(registry) });
  }

  #addOutputs({ tokenUrl, userPool, clientIds }: Identity): void {
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('TokenUrl', tokenUrl, 'Where clients get tokens');
    output('UserPoolId', userPool.userPoolId, 'User pool of the clients');
    output('Clients', this.toJsonString(clientIds), 'Ids of the clients, by their names');
  }
}
