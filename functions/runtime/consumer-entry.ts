import { Logger } from '@aws-lambda-powertools/logger';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Partner, PartnerCommand } from '../core/define-partner.ts';
import type { Resource, Snapshot } from '../core/define-resource.ts';
import { advance } from '../core/operation-machine.ts';
import { type CommandRef, stepOf } from '../core/operation-progress.ts';
import { referenceOf } from '../core/operations.ts';
import type { Outcome } from '../core/outcome.ts';
import { environment } from './environment.ts';
import { partitionKey, tenantOf } from './item.ts';
import { expectCallback, storedOutcome } from './meeting.ts';
import { changeOperation, type LoadedOperation, loadOperation } from './operation-store.ts';
import { admit, record } from './partner-gate.ts';
import { loadItem } from './records.ts';
import { resume } from './step-functions.ts';

const logger = new Logger();

/** A command on its way to a partner: ids alone, and the token of the task that waits for its outcome. */
interface Message extends CommandRef {
  readonly operation: string;
  readonly epoch: number;
  readonly mode: 'send' | 'query';
  readonly token: string;
}

/**
 * Calls a partner. A message that cannot be handled stays in the queue and comes again; after as many times as the queue
 * allows it goes to the dead-letter queue.
 */
export async function handler(event: SQSEvent): Promise<SQSBatchResponse> {
  const batchItemFailures = [];
  for (const { messageId, body } of event.Records) {
    try {
      await handle(JSON.parse(body) as Message);
    } catch (error) {
      logger.error('failed', { messageId, error: error as Error });
      batchItemFailures.push({ itemIdentifier: messageId });
    }
  }
  return { batchItemFailures };
}

async function handle(message: Message): Promise<void> {
  const { operation: pk, epoch, step, undo, attempt, mode, token } = message;
  const loaded = await loadOperation(pk);
  const current = loaded !== undefined && loaded.progress.epoch === epoch && isCurrent(loaded, message);
  if (!current) {
    logger.info('superseded', { ...message, token: undefined });
    await resume(token, { type: 'none' });
    return;
  }
  const outcome = mode === 'query' ? await ask(loaded, message) : await send(loaded, message);
  logger.info('called', { ...message, token: undefined, outcome });
  if (outcome === 'superseded') await resume(token, { type: 'none' });
  else await resume(token, { type: 'report', step, undo, attempt, outcome });
}

const isCurrent = ({ progress: { command } }: LoadedOperation, { step, undo, attempt }: CommandRef) =>
  command.step === step && command.undo === undo && command.attempt === attempt;

/** Claims the command, and sends it. */
async function send(loaded: LoadedOperation, message: Message): Promise<Outcome | 'superseded'> {
  const { partner } = stepOf(loaded.operation, message.step);
  const refused = await admit(partner, Date.now());
  if (refused !== undefined) return { kind: 'unavailable', retryAfterSeconds: refused };
  const claimed = await changeOperation(message.operation, {
    what: 'claim',
    advance: ({ operation, progress }) =>
      progress.epoch === message.epoch
        ? advance(operation, progress, { ...message, type: 'claim' }, Date.now())
        : progress,
  });
  if (claimed === undefined) return 'superseded';
  if (!claimed.changed) {
    // Claimed by a delivery before this one, which may have called: the partner is asked, and nothing is sent.
    const sent = isCurrent(claimed.loaded, message) && claimed.loaded.progress.command.status === 'sent';
    return sent ? ask(claimed.loaded, message) : 'superseded';
  }
  const command = await commandOf(claimed.loaded, message);
  const { operation, step, undo, attempt } = message;
  if (partner.callback !== undefined) {
    await expectCallback(partner.name, command.reference, { operation, command: { step, undo, attempt } });
  }
  return call(partner, (signal) => partner.send(command, { url: urlOf(partner), signal }));
}

/** Asks what became of a command; a callback that has come tells as well. */
async function ask(loaded: LoadedOperation, message: Message): Promise<Outcome> {
  const { partner } = stepOf(loaded.operation, message.step);
  const command = await commandOf(loaded, message);
  const told = partner.callback && (await storedOutcome(partner.name, command.reference));
  if (told !== undefined) return told;
  const { query } = partner;
  return query === undefined
    ? { kind: 'unknown' }
    : call(partner, (signal) => query(command, { url: urlOf(partner), signal }));
}

/** Made anew from the resource: an operation holds it still, and messages carry ids alone. */
async function commandOf(
  { pk, operation, subject }: LoadedOperation,
  { step, undo }: CommandRef,
): Promise<PartnerCommand> {
  const item = await loadItem(partitionKey(operation.resource, tenantOf(pk), subject.resource.id));
  if (item === undefined) throw new Error(`resource ${subject.resource.id} of operation ${pk} is gone`);
  const definition = stepOf(operation, step);
  const { data, hidden: _, commit: __, ...kept } = item.stored;
  return {
    name: undo ? (definition.compensation ?? definition.command) : definition.command,
    reference: referenceOf(operation, subject, step, undo),
    ...(undo && { undoes: referenceOf(operation, subject, step, false) }),
    input: definition.input({ ...data, ...kept } as Snapshot<Resource>),
  };
}

/** After a timeout, or anything else that the adapter did not make an outcome of, what became of the call is unknown. */
async function call(partner: Partner, make: (signal: AbortSignal) => Promise<Outcome>): Promise<Outcome> {
  const outcome = await make(AbortSignal.timeout(partner.timeoutMs)).catch((error: unknown): Outcome => {
    logger.warn('no outcome', { partner: partner.name, error: error as Error });
    return { kind: 'unknown' };
  });
  await record(partner, outcome.kind === 'unknown' || outcome.kind === 'unavailable', Date.now());
  return outcome;
}

const urlOf = ({ name }: Partner): string =>
  (JSON.parse(environment('PARTNER_URLS')) as Record<string, string>)[name] ?? '';
