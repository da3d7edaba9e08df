import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { standardWebhooks } from '../../../lib/holdfast/core/partners/verification.ts';
import { signCallback } from '../../../lib/holdfast/local/partners/sign-callback.ts';
import { type Answer, draft, freshKey, send } from '../support/client.ts';
import { eventually } from '../support/eventually.ts';
import { depthOf, done, expectStatus, queuesOf, reasonOf, type Scene, withoutGrant } from './scene.ts';

/** What was planted: what was done, one thing a line, and what support is handed. */
export interface Planted {
  readonly did: readonly string[];
  /** Of an operation, of a payout, or of a request. */
  readonly id: string;
  /** Of the customer's error body. */
  readonly code?: string;
  /** Mends what was broken, so that the incident ends by itself. */
  readonly mend: () => Promise<void>;
}

/** Something that goes wrong in production, brought about here. */
export interface Incident {
  readonly name: string;
  readonly summary: string;
  readonly plant: (scene: Scene) => Promise<Planted>;
}

const DAY_MS = 86_400_000;

const idOf = ({ json }: Answer): string => String(json.id);

/** A disbursement while its partners behave like this. */
async function disbursed(scene: Scene, partner: string, faults: object) {
  const payout = await scene.approved();
  await scene.faults(partner, faults);
  return { payout, operation: await scene.disburse(payout) };
}

const mends = (scene: Scene, partner: string) => () => scene.faults(partner);

/** The ten that support meets. */
export const INCIDENTS: readonly Incident[] = [
  // First: it sets aside whatever is in the queue of screening then, and that is to be its own command alone.
  {
    name: 'dead-letter',
    summary: 'a command that its consumer could not handle is in the dead-letter queue',
    async plant(scene) {
      const { url, deadLetters } = await queuesOf(scene, 'screening');
      const { access, stacks } = scene.cloud;
      const visibility = (seconds: string) =>
        scene.sqs.send(
          new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: seconds } }),
        );
      await visibility('0');
      access.update(
        withoutGrant(
          stacks,
          (id) => id.startsWith('partnerscreeningRole'),
          (action) => action.startsWith('dynamodb:'),
        ),
      );
      const operation = await scene.disburse(await scene.approved());
      await eventually(
        'the command in the dead-letter queue',
        () => depthOf(scene, deadLetters),
        (depth) => depth === 1,
      );
      await scene.until(operation, ({ json }) => json.state === 'running');
      access.update(stacks);
      await visibility('90');
      return {
        did: [
          'The consumer of screening failed five times at the command for an operation.',
          'The command was put into the dead-letter queue. The consumer works again since then.',
        ],
        id: idOf(operation),
        mend: async () => undefined,
      };
    },
  },
  {
    name: 'bank-silent',
    summary: 'the bank has paid, and says nothing any more',
    async plant(scene) {
      const { payout, operation } = await disbursed(scene, 'bank', { dropAnswer: 1 });
      await eventually(
        'the bank to pay',
        () => scene.done('bank', payout),
        (times) => times === 1,
      );
      await scene.faults('bank', { latencyMs: DAY_MS });
      await scene.until(operation, (read) => reasonOf(read) === 'unknown');
      return {
        did: [
          'The bank was sent the transfer and paid.',
          'Its answer was lost, and it answers nothing since then.',
        ],
        id: idOf(operation),
        mend: mends(scene, 'bank'),
      };
    },
  },
  {
    name: 'no-callback',
    summary: 'screening has taken the case on, and never calls back',
    async plant(scene) {
      const { operation } = await disbursed(scene, 'screening', { neverCallback: 1, booksLateMs: DAY_MS });
      await scene.until(operation, (read) => reasonOf(read) === 'callback');
      return {
        did: ['Screening accepted the case.', 'It does not call back, and works on the case for a day.'],
        id: idOf(operation),
        mend: mends(scene, 'screening'),
      };
    },
  },
  {
    name: 'wrong-secret',
    summary: 'screening calls back, signed with a secret that we do not have',
    async plant(scene) {
      const { payout, operation } = await disbursed(scene, 'screening', { neverCallback: 1 });
      await scene.until(operation, (read) => reasonOf(read) === 'callback');
      const body = JSON.stringify({ caseReference: `${idOf(payout)}-a1`, verdict: 'clear' });
      const headers = signCallback(standardWebhooks(), {
        secret: `whsec_${btoa('of before the rotation')}`,
        id: 'msg_1',
        at: new Date(),
        body,
      });
      expectStatus(401, await send(`${scene.cloud.url}/partners/screening/callbacks`, { body, headers }));
      return {
        did: [
          'Screening accepted the case and closed it.',
          'It called back, signed with another secret. The call was refused with 401.',
        ],
        id: idOf(operation),
        mend: mends(scene, 'screening'),
      };
    },
  },
  {
    name: 'breaker-open',
    summary: 'screening fails so often that it is left alone',
    async plant(scene) {
      // Made before, so that the breaker, which is open for ten seconds, is met while it is.
      const payouts = await Promise.all(Array.from({ length: 8 }, () => scene.approved()));
      // What it is asked later fails too: one answer that is understood would close the breaker.
      await scene.faults('screening', { error: 1, says: 'FAILING' });
      let held: Answer | undefined;
      for (const payout of payouts) {
        const read = await scene.until(await scene.disburse(payout), (each) => reasonOf(each) !== '');
        if (reasonOf(read) === 'breaker') held = read;
        if (held !== undefined) break;
      }
      if (held === undefined) throw new Error('the breaker of screening did not open');
      return {
        did: [
          'Payouts were disbursed one after the other while screening failed every time.',
          'After five failures its circuit breaker opened, and the next payout met it open.',
        ],
        id: idOf(held),
        mend: mends(scene, 'screening'),
      };
    },
  },
  {
    name: 'other-key',
    summary: 'an app retries under another key what was done already',
    async plant({ alice }) {
      const created = await done('create', (key) => alice.create(key));
      await done('submit', (key) => alice.act('submit', created, { key }));
      const refused = await alice.act('submit', created, { key: freshKey() });
      return {
        did: [
          'alice submitted a payout, and the answer was lost.',
          'Her app sent the same again under another Idempotency-Key, and was refused.',
        ],
        id: idOf(created),
        ...codeOf(refused),
        mend: async () => undefined,
      };
    },
  },
  {
    name: 'two-people',
    summary: 'two people change one payout at once',
    async plant({ alice, bob }) {
      const created = await done('create', (key) => alice.create(key));
      const body = { amount: draft('99.00').amount };
      await done('change-amount', (key) => bob.act('change-amount', created, { key, body }));
      const refused = await alice.act('submit', created);
      return {
        did: [
          'alice and bob had the same payout on their screens.',
          'bob changed its amount. alice submitted what she saw, and was refused.',
        ],
        id: idOf(created),
        ...codeOf(refused),
        mend: async () => undefined,
      };
    },
  },
  {
    name: 'version-ended',
    summary: 'an old app asks for a version of the API that has ended',
    async plant({ alice }) {
      const refused = await alice.post('/payouts', {
        key: freshKey(),
        body: draft(),
        headers: { 'API-Version': '2025-01-01' },
      });
      return {
        did: ['An app that speaks version 2025-01-01 made a payout, and was refused.'],
        id: String(refused.json.instance),
        ...codeOf(refused),
        mend: async () => undefined,
      };
    },
  },
  {
    name: 'undeclared-word',
    summary: 'the bank answers with a status word that nobody has declared',
    async plant(scene) {
      const { operation } = await disbursed(scene, 'bank', { says: 'PARKED' });
      await scene.until(operation, (read) => reasonOf(read) === 'unknown');
      return {
        did: [
          "The bank was sent the transfer. It answers 'PARKED', which functions/partners/bank.ts does not declare.",
        ],
        id: idOf(operation),
        mend: mends(scene, 'bank'),
      };
    },
  },
  {
    name: 'missing-grant',
    summary: 'a release forgot a permission, so that nothing can be started',
    async plant(scene) {
      const { access, stacks } = scene.cloud;
      access.update(
        withoutGrant(
          stacks,
          (id) => /^(dispatcher|sweep)Role/.test(id),
          (action) => action === 'states:StartExecution',
        ),
      );
      const operation = await scene.disburse(await scene.approved());
      await scene.printed(/^DENIED dispatcher: states:StartExecution/);
      return {
        did: [
          'A release took states:StartExecution from dispatcher and sweep.',
          'A payout was disbursed since then.',
        ],
        id: idOf(operation),
        mend: async () => access.update(stacks),
      };
    },
  },
];

/** Code of an answer that refuses. */
function codeOf({ status, json, text }: Answer): { readonly code: string } {
  if (status < 400 || json.code === undefined) throw new Error(`it was not refused: ${status} ${text}`);
  return { code: json.code };
}
