import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import credentials from '@credentials';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { advance, type OperationEvent } from '../../../core/operations/operation-machine.ts';
import { type CommandRef, stepOf } from '../../../core/operations/operation-progress.ts';
import type { Outcome } from '../../../core/partners/outcome.ts';
import { eachMessage } from '../../aws/batch.ts';
import { logger } from '../../aws/log.ts';
import { holding } from '../../operations/operation-end.ts';
import { changeOperation, type LoadedOperation, loadOperation } from '../../operations/operation-store.ts';
import { reportOutcome } from '../../operations/report-outcome.ts';
import { resume } from '../../operations/step-functions.ts';
import { CommandPersistence } from '../../partners/command-persistence.ts';
import { ask, lackOf, send } from '../../partners/partner-call.ts';
import { provideCredentials } from '../../partners/partner-credentials.ts';
import { admit } from '../../partners/partner-gate.ts';

provideCredentials(credentials);

/** What a delivery has found out is kept for those that follow it within a day; later ones ask the partner. */
const KEPT_SECONDS = 86_400;

/** A command on its way to a partner: ids alone, and the token of the task that waits for it. */
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
export const handler = (event: SQSEvent, context: Context): Promise<SQSBatchResponse> =>
  eachMessage<Message>(event, (message) => handle(message, context));

/** The outcome goes to the operation; the task that waits is told only that it may ask again what there is to do. */
async function handle(message: Message, context: Context): Promise<void> {
  const { operation: pk, step, undo, attempt, token } = message;
  const loaded = await loadOperation(pk);
  const current = loaded !== undefined && isCurrent(loaded, message);
  const outcome = current ? await carryOut(loaded, message, context) : 'superseded';
  // Its result is the partner's to tell, and stays out of the log.
  const told = typeof outcome === 'string' ? outcome : outcome.kind;
  logger.info('handled', { ...message, token: undefined, outcome: told });
  if (typeof outcome !== 'string') await reportOutcome(pk, 'report', { step, undo, attempt }, outcome);
  await resume(token);
}

const isCurrent = ({ progress }: LoadedOperation, { epoch, step, undo, attempt }: Message): boolean =>
  progress.epoch === epoch &&
  progress.command.step === step &&
  progress.command.undo === undo &&
  progress.command.attempt === attempt;

const isSent = ({ progress }: LoadedOperation) => progress.command.status === 'sent';

async function carryOut(
  loaded: LoadedOperation,
  message: Message,
  context: Context,
): Promise<Outcome | 'superseded' | 'held' | 'unheld' | 'lacking'> {
  const { step, undo, attempt, mode } = message;
  const command = { step, undo, attempt };
  const lack = await lackOf(loaded, command);
  if (lack !== undefined) {
    await take(message, { ...command, type: 'lacking', of: lack });
    return 'lacking';
  }
  if (mode === 'query') return ask(loaded, command);
  // Claimed by a delivery before this one, which may have called: the partner is asked, and nothing is sent.
  if (isSent(loaded)) return once(loaded, context, () => ask(loaded, command));
  // A restore may have torn the two apart: what is not held may be changed, and be handed to another operation.
  const why = undo || loaded.progress.leave ? undefined : (await holding(loaded)).why;
  if (why !== undefined) {
    await take(message, { ...command, type: 'unheld', why });
    return 'unheld';
  }
  const held = await admit(stepOf(loaded.operation, step).partner, Date.now());
  if (held !== undefined) {
    await take(message, { ...command, ...held, type: 'hold' });
    return 'held';
  }
  const claim = await take(message, { ...command, type: 'claim' });
  if (claim === undefined || !isCurrent(claim.loaded, message) || !isSent(claim.loaded)) return 'superseded';
  const { loaded: claimed, changed } = claim;
  return once(claimed, context, () => (changed ? send(claimed, command) : ask(claimed, command)));
}

/** The operation takes in what happens to the command of a message, as long as it is the current one. */
const take = (message: Message, event: OperationEvent) =>
  changeOperation(message.operation, {
    what: event.type,
    advance: (found) =>
      isCurrent(found, message)
        ? advance(found.operation, found.progress, event, Date.now())
        : found.progress,
  });

/**
 * The claim decides whether a command is sent; Powertools keeps what became of it. A delivery that comes while another is
 * at it goes back to its queue, one that comes after it is told the same, and one that takes over when its time is up,
 * which may have called, asks. The claim's own time is part of the key: a command that is claimed anew after a restore is
 * another one.
 */
function once({ pk, progress }: LoadedOperation, context: Context, run: () => Promise<Outcome>) {
  const { step, undo, attempt, sentAt } = progress.command;
  const call = makeIdempotent((_key: string) => run(), {
    persistenceStore: new CommandPersistence(),
    config: new IdempotencyConfig({ lambdaContext: context, expiresAfterSeconds: KEPT_SECONDS }),
  });
  return call(`${pk}#${progress.epoch}.${step}.${undo ? 'undo' : 'do'}.${attempt}.${sentAt}`);
}
