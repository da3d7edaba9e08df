import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { StackTemplate } from '../../../lib/holdfast/cdk/templates/templates.ts';
import type { LocalCloud } from '../../../lib/holdfast/local/local-cloud.ts';
import { insist } from '../../../lib/holdfast/testing/scene/insist.ts';
import { type Answer, freshKey, type User } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import type { LedgerEntry } from '../support/operations.ts';
import { signIn } from '../support/service.ts';

/** A local cloud, and the people and partners that an incident needs. */
export interface Scene {
  readonly cloud: LocalCloud;
  readonly alice: User;
  readonly bob: User;
  readonly sqs: SQSClient;
  /** Tells a partner what to do wrong; without faults, everything right again. */
  faults(partner: string, faults?: object): Promise<void>;
  /** How often a partner has done something of a payout. */
  done(partner: string, payout: Answer): Promise<number>;
  /** A payout that may be disbursed. */
  approved(): Promise<Answer>;
  disburse(payout: Answer): Promise<Answer>;
  /** Reads an operation until it is as asked for. */
  until(operation: Answer, isEnough: (read: Answer) => boolean): Promise<Answer>;
  /** A line that the cloud has printed. */
  printed(pattern: RegExp): Promise<string>;
  close(): void;
}

/** @param lines what the cloud prints, as it goes on */
export async function sceneOn(cloud: LocalCloud, lines: readonly string[]): Promise<Scene> {
  const [alice, bob] = await Promise.all([
    signIn(cloud.url, { subject: 'alice', scopes: 'payouts:* operations:*' }),
    signIn(cloud.url, { subject: 'bob', scopes: 'payouts:* operations:*' }),
  ]);
  const sqs = new SQSClient({
    endpoint: cloud.sqsUrl,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
  });
  return {
    cloud,
    alice,
    bob,
    sqs,
    async faults(partner, faults = {}) {
      await fetch(`${cloud.partnersUrl}/faults/${partner}`, { method: 'PUT', body: JSON.stringify(faults) });
    },
    async done(partner, payout) {
      const answer = await fetch(`${cloud.partnersUrl}/ledger`);
      const entries = (await answer.json()) as LedgerEntry[];
      return entries
        .filter((entry) => entry.partner === partner && entry.reference.startsWith(String(payout.json.id)))
        .reduce((sum, entry) => sum + entry.done, 0);
    },
    async approved() {
      const created = await done('create', (key) => alice.create(key));
      const submitted = await done('submit', (key) => alice.act('submit', created, { key }));
      return done('approve', (key) => bob.act('approve', submitted, { key }));
    },
    disburse: (payout) => done('disburse', (key) => alice.act('disburse', payout, { key })),
    until: (operation, isEnough) =>
      eventually(
        `operation ${operation.json.id} to be as the incident has it`,
        () => alice.get(`/operations/${operation.json.id}`),
        isEnough,
      ),
    printed: (pattern) =>
      eventually(
        `a line like ${pattern}`,
        () => lines.find((line) => pattern.test(line)) ?? '',
        (line) => line !== '',
      ),
    close: () => sqs.destroy(),
  };
}

/** Sends a write as a client does: again under the same key, while the answer says so. */
export const done = (told: string, write: (key: string) => Promise<Answer>): Promise<Answer> => {
  const key = freshKey();
  return insist(told, () => write(key));
};

/** @throws Error with the answer, where it has another status */
export function expectStatus(status: number, answer: Answer): Answer {
  if (answer.status === status) return answer;
  throw new Error(`answered ${answer.status} in place of ${status}: ${answer.text}`);
}

/** Why an operation waits; empty while it does not. */
export const reasonOf = ({ json }: Answer): string => {
  const { waiting } = json;
  return typeof waiting === 'object' && waiting !== null && 'reason' in waiting ? String(waiting.reason) : '';
};

/** Stacks whose roles lack an action: as after a release that forgot a grant. */
export function withoutGrant(
  stacks: readonly StackTemplate[],
  isRole: (policyId: string) => boolean,
  lacks: (action: string) => boolean,
): readonly StackTemplate[] {
  const copy = structuredClone(stacks);
  for (const { template } of copy)
    for (const [id, { Type, Properties = {} }] of Object.entries(template.Resources)) {
      if (Type !== 'AWS::IAM::Policy' || !isRole(id)) continue;
      const { Statement } = Properties.PolicyDocument as { Statement: { Action: string | string[] }[] };
      for (const statement of Statement)
        statement.Action = [statement.Action].flat().filter((action) => !lacks(action));
    }
  return copy;
}

/** URLs of a partner's queue and of its dead-letter queue. */
export async function queuesOf(
  { sqs }: Scene,
  partner: string,
): Promise<{ readonly url: string; readonly deadLetters: string }> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ MaxResults: 1000 }));
  const own = QueueUrls.filter((url) => url.includes(`${partner}queue`));
  const [deadLetters = ''] = own.filter((url) => url.includes('DeadLetters'));
  const [url = ''] = own.filter((each) => each !== deadLetters);
  return { url, deadLetters };
}

/** How many messages a queue holds. */
export async function depthOf({ sqs }: Scene, url: string): Promise<number> {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
  );
  return Number(Attributes?.ApproximateNumberOfMessages);
}
