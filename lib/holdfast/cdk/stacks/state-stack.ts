import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct, IConstruct } from 'constructs';
import type { StageConfig } from '../../service/config.ts';
import { partnersOf, type Registry, scopesOf } from '../../service/registry.ts';
import { Identity } from '../api/identity.ts';
import { PartnerSecrets } from '../operations/partner-secrets.ts';
import { HistoryTable, IdempotencyTable, RecordsTable, type Tables } from '../tables/records-table.ts';

import { readFrozen } from '../templates/frozen.ts';
import { slotCount } from '../templates/rules.ts';

/** Whose state it is. */
export interface StateStackProps extends StackProps {
  readonly config: StageConfig;
  readonly registry: Registry;
}

/** What the service lives on. */
export interface State {
  readonly tables: Tables;
  /** @default none, where the stage names an issuer of its own */
  readonly identity: Identity | undefined;
  readonly partnerSecrets: PartnerSecrets;
}

/** Everything that a deployment must never replace: tables, secrets, and the clients that have them. */
export class StateStack extends Stack implements State {
  readonly tables: Tables;
  readonly identity: Identity | undefined;
  readonly partnerSecrets: PartnerSecrets;

  constructor(scope: Construct, id: string, { config, registry, ...props }: StateStackProps) {
    super(scope, id, { description: `${config.service.title}, stage ${config.stage}: tables`, ...props });
    const retain = config.retainData;
    this.tables = {
      records: new RecordsTable(this, 'Records', { retain, slots: slotCount(registry, readFrozen().tables) })
        .table,
      idempotency: new IdempotencyTable(this, 'Idempotency', { retain }).table,
      history: new HistoryTable(this, 'History', { retain }).table,
    };
    this.identity =
      config.userPool &&
      new Identity(this, 'Identity', {
        config,
        settings: config.userPool,
        scopes: scopesOf(registry),
      });
    if (this.identity !== undefined) this.#addOutputs(this.identity);
    this.partnerSecrets = new PartnerSecrets(this, 'Partners', { config, partners: partnersOf(registry) });
    this.#makeTablesLast();
  }

  /**
   * A table that is protected from deletion cannot be taken back when its first deployment fails: nothing that may fail
   * is left when tables are made.
   */
  #makeTablesLast(): void {
    const tables: readonly IConstruct[] = Object.values(this.tables);
    const others = this.node.children.filter((child) => !tables.some(({ node }) => node.scope === child));
    for (const table of tables) table.node.addDependency(...others);
  }

  #addOutputs({ tokenUrl, userPool, clientIds }: Identity): void {
    const output = (name: string, value: string, description: string) =>
      new CfnOutput(this, name, { value, description });
    output('TokenUrl', tokenUrl, 'Where clients get tokens');
    output('UserPoolId', userPool.userPoolId, 'User pool of the clients');
    output('Clients', this.toJsonString(clientIds), 'Ids of the clients, by their names');
  }
}
