import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { operations } from '../../core/operations/operations.ts';
import type { Partner } from '../../core/partners/define-partner.ts';
import { backfillKey, listKey, partitionKey, partnerKey } from '../../core/store/keys.ts';
import { localClient } from '../../local/dynamodb/dynamodb.ts';
import { ABOUT_PATH } from '../../local/gateway/gateway.ts';
import type { Faults } from '../../local/partners/faults.ts';
import type { LedgerEntry } from '../../local/partners/ledger.ts';

const TABLE = 'RecordsTable';

/** Queues that nobody lets go, since the command was interrupted, go by themselves after so long. */
const HELD_MS = 60_000;

/** What a running local cloud tells of itself. */
interface AboutCloud {
  /** Of the simulated partners, for faults and ledger. */
  readonly partnersUrl: string;
  /** Of the tables themselves, where no caller is asked what it may do. */
  readonly dynamodbUrl: string;
}

/** What happens on AWS by itself, and here when it is told to: to partners, to queues, and to what is stored. */
export class LocalControl {
  readonly #about: AboutCloud;
  readonly #table: DynamoDBClient;

  private constructor(about: AboutCloud) {
    this.#about = about;
    this.#table = localClient(about.dynamodbUrl);
  }

  /** Of the service at a URL; undefined where that is no local cloud. */
  static async of(url: string): Promise<LocalControl | undefined> {
    const about: Partial<AboutCloud> = await fetch(`${url}${ABOUT_PATH}`)
      .then((answer) => (answer.ok ? answer.json() : {}))
      .catch(() => ({}));
    const { partnersUrl, dynamodbUrl } = about;
    if (partnersUrl === undefined || dynamodbUrl === undefined) return undefined;
    return new LocalControl({ partnersUrl, dynamodbUrl });
  }

  close(): void {
    this.#table.destroy();
  }

  get partnersUrl(): string {
    return this.#about.partnersUrl;
  }

  /** What a partner does wrong to what begins with `only`, and to nothing else; without more, everything right again. */
  async faults(name: string, faults: Partial<Faults> & Pick<Faults, 'only'>): Promise<void> {
    const body = JSON.stringify(faults);
    await fetch(`${this.partnersUrl}/faults/${name}`, { method: 'PUT', body });
  }

  /** Whether commands of a tenant's operations lie in their queues until their time is up. */
  holdQueues(tenant: string, held: boolean): Promise<void> {
    const only = `${listKey(operations, tenant)}#`;
    return this.faults('queues', { only, neverTakenUntil: held ? Date.now() + HELD_MS : 0 });
  }

  /** References that a partner was asked under. */
  async asked({ name }: Partner): Promise<readonly string[]> {
    const answer = await fetch(`${this.partnersUrl}/ledger`);
    const entries: readonly LedgerEntry[] = JSON.parse(await answer.text());
    return entries.filter(({ partner }) => partner === name).map(({ reference }) => reference);
  }

  /** What all consumers of a partner share, as others of them leave it. */
  async share({ name }: Partner, members: Readonly<Record<string, number>>): Promise<void> {
    await this.#set(partnerKey(name), members);
  }

  /** Moves a resource behind the back of whoever holds it, as a restored table or a person with too many rights does. */
  async move(resource: Resource, tenant: string, id: string, state: string): Promise<void> {
    await this.#set(partitionKey(resource, tenant, id), { state });
  }

  /** Forgets that a backfill has completed what is kept with a resource, as a deployment does. @returns what makes it known again */
  async forgetCompleted(resource: Resource): Promise<() => Promise<void>> {
    const Key = marshall({ pk: backfillKey(resource) });
    const { Attributes: Item } = await this.#table.send(
      new DeleteItemCommand({ TableName: TABLE, Key, ReturnValues: 'ALL_OLD' }),
    );
    return async () => {
      if (Item !== undefined) await this.#table.send(new PutItemCommand({ TableName: TABLE, Item }));
    };
  }

  async #set(pk: string, members: Readonly<Record<string, number | string>>): Promise<void> {
    const names = Object.keys(members);
    await this.#table.send(
      new UpdateItemCommand({
        TableName: TABLE,
        Key: marshall({ pk }),
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: marshall(
          Object.fromEntries(names.map((name) => [`:${name}`, members[name]])),
        ),
      }),
    );
  }
}
