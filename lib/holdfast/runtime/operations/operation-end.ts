import type { Decided } from '../../core/decisions/apply-decision.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { capabilityOf } from '../../core/operations/operation-capability.ts';
import { blocked } from '../../core/operations/operation-course.ts';
import { type Conclusion, isFinal, type Progress } from '../../core/operations/operation-progress.ts';
import { SYSTEM } from '../../core/operations/operations.ts';
import { DefinitionFault } from '../../core/problems/definition-fault.ts';
import type { Item } from '../../core/store/store.ts';
import { asKept, kept } from '../../core/writes/keeping.ts';
import type { LabelledWrite } from '../records/transaction.ts';
import { conditionalUpdate, newCommit } from '../records/update-expression.ts';
import { type LoadedOperation, loadSubject, subjectKey } from './loaded-operation.ts';

/** What an operation comes to, and what is written together with it. */
interface Ending {
  readonly progress: Progress;
  readonly together: readonly LabelledWrite[];
}

/** A resource that its operation holds, and the state that it holds it in. */
interface Held {
  readonly item: Item;
  readonly state: string;
  readonly why?: undefined;
}

/**
 * An operation that ends moves its resource, on condition that it still holds it: in its state, by its id. One that does not
 * hold it any more overwrites nothing: it needs a person, unless one has said already that the resource is left as it is.
 * @param isOversize the store has refused what the end makes of the resource for its size
 */
export async function ending(
  loaded: LoadedOperation,
  progress: Progress,
  isOversize = false,
): Promise<Ending> {
  if (!isEnd(progress) || isFinal(loaded.progress.state)) return { progress, together: [] };
  const held = await holding(loaded);
  if (held.why === undefined) return endingOf(loaded, progress, held, isOversize);
  return { progress: progress.leave ? progress : blocked(progress, held.why), together: [] };
}

/** What an operation that holds its resource comes to. */
function endingOf(
  loaded: LoadedOperation,
  progress: Progress & Conclusion,
  held: Held,
  isOversize: boolean,
): Ending {
  const { operation } = loaded;
  const { resource } = operation;
  const { item } = held;
  const made = { now: new Date().toISOString(), commit: newCommit() };
  const ended = capabilityOf(operation)?.end({ operation, progress, resource: item.stored, ...made });
  if (ended && 'instead' in ended) return { progress: ended.instead, together: [] };
  const set = isOversize
    ? `the ${resource.singular} would have more than the 400 KB that one can`
    : ended?.decided && toBeKept(resource, item, ended.decided);
  if (isOversize && progress.leave && ended?.decided === undefined) return { progress, together: [] };
  if (typeof set === 'string' && !progress.leave) return { progress: blocked(progress, set), together: [] };
  // A person has it led on without what cannot be kept.
  const Update = move(loaded, progress, held, { ...made, set: typeof set === 'string' ? undefined : set });
  return { progress, together: [{ label: 'resource', write: { Update } }] };
}

/** What an end sets, in the shape in which the resource is kept; or why that cannot be, which has to lose no outcome. */
function toBeKept(resource: Resource, item: Item, decided: Decided): Decided | string {
  try {
    return { ...decided, changes: asKept(resource, item, decided).changes };
  } catch (error) {
    return error instanceof DefinitionFault
      ? error.message.replace(/; [^;]*$/, '')
      : `keeping what the end sets of the ${resource.singular} threw ${error instanceof Error ? error.constructor.name : typeof error}`;
  }
}

/** The resource that an operation holds, or why it does not. */
export async function holding(loaded: LoadedOperation): Promise<Held | { readonly why: string }> {
  const item = await loadSubject(loaded);
  if (item === undefined) return { why: `the ${loaded.operation.resource.singular} is gone` };
  const state = heldState(loaded, item);
  return state === undefined ? { why: whyNotHeld(loaded, item) } : { item, state };
}

const isEnd = (progress: Progress): progress is Progress & Conclusion => isFinal(progress.state);

/** The state in which the operation holds the resource; undefined where it does not hold it any more. */
function heldState({ stored, subject }: LoadedOperation, { stored: resource }: Item): string | undefined {
  const { operation } = resource.data as { readonly operation?: { readonly id?: string } };
  // An older release kept no state; the version that it made by accepting is held, as long as it stands.
  const held = subject.held ?? (resource.version === subject.version ? resource.state : undefined);
  return operation?.id === stored.id && resource.state === held ? held : undefined;
}

/** What happened to the resource meanwhile, as far as its last event tells. */
function whyNotHeld({ operation, subject }: LoadedOperation, { stored, last = {} }: Item): string {
  const { from, to, action = 'nobody knows what' } = last as { from?: string; to?: string; action?: string };
  const { singular } = operation.resource;
  const held = subject.held ?? from ?? 'its state';
  return from === held && to !== held
    ? `the ${singular} left ${held} at version ${stored.version} by ${action}`
    : `the ${singular} is ${stored.state} at version ${stored.version} by ${action}, and not held by this operation`;
}

/** Moves the resource to where the operation's end leads. @param made with what is set; undefined where its members stay */
function move(
  loaded: LoadedOperation,
  { state }: Conclusion,
  held: Held,
  { set, now, commit }: { readonly set: Decided | undefined; readonly now: string; readonly commit: string },
): ReturnType<typeof conditionalUpdate> {
  const { stored, operation, subject } = loaded;
  const { resource, onSucceeded: succeeded, onFailed: failed, onCancelled: cancelled } = operation;
  const to = { succeeded, failed, cancelled }[state];
  const { item } = held;
  const version = item.stored.version + 1;
  const pk = subjectKey(loaded);
  const data = set?.next.data ?? item.stored.data;
  const next = { ...item.stored, data, state: to, version, commit, updatedAt: now };
  return conditionalUpdate({
    pk,
    read: item.stored,
    held: { state: held.state, operation: stored.id },
    next,
    changes: set?.changes ?? {},
    ...(set && { hidden: set.hidden }),
    attributes: {
      ...kept({ resource, pk, read: item, next }).attributes,
      last: {
        action: subject.action,
        actor: SYSTEM,
        from: item.stored.state,
        to,
        version,
        operation: stored.id,
      },
    },
  });
}
