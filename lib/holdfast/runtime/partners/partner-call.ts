import type { Resource, Snapshot } from '../../core/definitions/define-resource.ts';
import { capabilityOf } from '../../core/operations/operation-capability.ts';
import { type CommandRef, stepOf } from '../../core/operations/operation-progress.ts';
import { referenceOf } from '../../core/operations/operations.ts';
import type { Partner, PartnerCommand } from '../../core/partners/define-partner.ts';
import { checkedOutcome, type Outcome } from '../../core/partners/outcome.ts';
import { environmentJson } from '../aws/environment.ts';
import { type LoadedOperation, loadSubject } from '../operations/loaded-operation.ts';
import { expectCallback, storedOutcome } from '../operations/meeting.ts';
import { callPartner } from './call-partner.ts';
import { record } from './partner-gate.ts';

/** Sends a command that has been claimed. Where its callback goes is written before the call, so that none comes too early. */
export async function send(loaded: LoadedOperation, command: CommandRef): Promise<Outcome> {
  const { partner } = stepOf(loaded.operation, command.step);
  const told = await commandOf(loaded, command);
  if (partner.callback !== undefined) {
    const known = await expectCallback(partner.name, told.reference, { operation: loaded.pk, command });
    // A callback of an earlier attempt has told already what became of it: nothing is sent.
    if (known !== undefined) return checkedOutcome(known);
  }
  const outcome = await call(partner, 'send', told);
  const isOneOfMore = loaded.progress.command.inDoubt === true && partner.query !== undefined;
  // Refused is this attempt; what became of one before it, which may have been done, is known when the partner is asked.
  return outcome.kind === 'rejected' && isOneOfMore ? { kind: 'unknown' } : outcome;
}

/** Asks what became of a command; a callback that has come tells as well. */
export async function ask(loaded: LoadedOperation, command: CommandRef): Promise<Outcome> {
  const { partner } = stepOf(loaded.operation, command.step);
  const told = await commandOf(loaded, command);
  const outcome = partner.callback && (await storedOutcome(partner.name, told.reference));
  if (outcome !== undefined) return checkedOutcome(outcome);
  if (partner.query === undefined) return { kind: 'unknown' };
  const askedAt = Date.now();
  const answer = await call(partner, 'query', told);
  if (answer.kind === 'not-found') return { ...answer, askedAt };
  // That it could not be asked says nothing of the command.
  return answer.kind === 'unavailable' ? { kind: 'unknown' } : answer;
}

/** The step whose result is missing to tell the partner what it is to do; undefined where none is. */
export async function lackOf(loaded: LoadedOperation, command: CommandRef): Promise<string | undefined> {
  const capability = capabilityOf(loaded.operation);
  const resource = capability && (await resourceOf(loaded));
  return resource && capability?.lack(loaded.progress, command, resource);
}

/** Made anew from the resource: an operation holds it still, and messages carry ids alone. */
async function commandOf(loaded: LoadedOperation, command: CommandRef): Promise<PartnerCommand> {
  const { pk, operation, subject, progress } = loaded;
  const { step, undo } = command;
  const resource = await resourceOf(loaded);
  if (resource === undefined) throw new Error(`resource ${subject.resource.id} of operation ${pk} is gone`);
  const definition = stepOf(operation, step);
  return {
    name: undo ? (definition.compensation ?? definition.command) : definition.command,
    reference: referenceOf(operation, subject, step, undo),
    ...(undo && { undoes: referenceOf(operation, subject, step, false) }),
    input: capabilityOf(operation)?.input(progress, command, resource) ?? definition.input(resource),
  };
}

/** The resource that an operation is about; undefined where it is gone. */
async function resourceOf(loaded: LoadedOperation) {
  const item = await loadSubject(loaded);
  if (item === undefined) return undefined;
  const { data, hidden: _, commit: __, ...kept } = item.stored;
  return { ...data, ...kept } as Snapshot<Resource>;
}

/** A partner that fails, or cannot be understood, comes nearer to being left alone for a while. */
async function call(partner: Partner, mode: 'send' | 'query', command: PartnerCommand): Promise<Outcome> {
  let answered = false;
  const outcome = await callPartner(partner, mode, command, urlOf(partner), () => {
    answered = true;
  });
  await record(partner, outcome.kind === 'unknown' || outcome.kind === 'unavailable', Date.now());
  return answered && outcome.kind === 'unknown' ? { ...outcome, undeclared: true } : outcome;
}

const urlOf = ({ name }: Partner): string =>
  environmentJson<Record<string, string>>('PARTNER_URLS')[name] ?? '';
