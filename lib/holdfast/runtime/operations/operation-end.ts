import type { Decided } from '../../core/decisions/apply-decision.ts';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { capabilityOf } from '../../core/operations/operation-capability.ts';
import { blocked } from '../../core/operations/operation-course.ts';
import { type Conclusion, isFinal, type Progress } from '../../core/operations/operation-progress.ts';
import { SYSTEM } from '../../core/operations/operations.ts';
import { DefinitionFault } from '../../core/problems/definition-fault.ts';
import { partitionKey, tenantOf } from '../../core/store/keys.ts';
import type { Item } from '../../core/store/store.ts';
import { asKept, kept } from '../../core/writes/keeping.ts';
import { loadItem } from '../records/records.ts';
import type { LabelledWrite } from '../records/transaction.ts';
import { conditionalUpdate, newCommit } from '../records/update-expression.ts';
import type { LoadedOperation } from './loaded-operation.ts';

/** What an operation comes to, and what is written together with it. */
interface Ending {
  readonly progress: Progress;
  readonly together: readonly LabelledWrite[];
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
  const { pk, operation, subject } = loaded;
  const resourcePk = partitionKey(operation.resource, tenantOf(pk), subject.resource.id);
  const item = await loadItem(operation.resource, resourcePk);
  const state = item && heldState(loaded, item);
  if (item === undefined || state === undefined) {
    const why = whyNot(loaded, item);
    return { progress: progress.leave ? progress : blocked(progress, why), together: [] };
  }
  return endingOf(loaded, progress, { item, held: state, isOversize });
}

/** What an operation that holds its resource comes to. */
function endingOf(
  loaded: LoadedOperation,
  progress: Progress & Conclusion,
  { item, held, isOversize }: { readonly item: Item; readonly held: string; readonly isOversize: boolean },
): Ending {
  const { resource } = loaded.operation;
  const made = { now: new Date().toISOString(), commit: newCommit() };
  const ended = capabilityOf(loaded.operation)?.end({
    ...{ operation: loaded.operation, progress, resource: item.stored },
    ...made,
  });
  if (ended && 'instead' in ended) return { progress: ended.instead, together: [] };
  const set = isOversize
    ? `the ${resource.singular} would have more than the 400 KB that one can`
    : ended?.decided && toBeKept(resource, item, ended.decided);
  if (isOversize && progress.leave && ended?.decided === undefined) return { progress, together: [] };
  if (typeof set === 'string' && !progress.leave) return { progress: blocked(progress, set), together: [] };
  const Update = move(loaded, progress, item, {
    held,
    // A person has it led on without what cannot be kept.
    set: typeof set === 'string' ? undefined : set,
    ...made,
  });
  return { progress, together: [{ label: 'resource', write: { Update } }] };
}

/** What an end sets, in the shape in which the resource is kept; or why that cannot be, which has to lose no outcome. */
function toBeKept(resource: Resource, item: Item, decided: Decided): Made['set'] | string {
  try {
    return { decided, changes: asKept(resource, item, decided).changes };
  } catch (error) {
    return error instanceof DefinitionFault
      ? error.message.replace(/; [^;]*$/, '')
      : `keeping what the end sets of the ${resource.singular} threw ${error instanceof Error ? error.constructor.name : typeof error}`;
  }
}

/** Why an operation does not hold its resource; undefined where it does. */
export async function whyUnheld(loaded: LoadedOperation): Promise<string | undefined> {
  const { pk, operation, subject } = loaded;
  const item = await loadItem(
    operation.resource,
    partitionKey(operation.resource, tenantOf(pk), subject.resource.id),
  );
  const state = item && heldState(loaded, item);
  return state === undefined ? whyNot(loaded, item) : undefined;
}

const whyNot = (loaded: LoadedOperation, item: Item | undefined): string =>
  item === undefined ? `the ${loaded.operation.resource.singular} is gone` : whyNotHeld(loaded, item);

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

/** What an end is made of. */
interface Made {
  /** The state in which the operation holds the resource. */
  readonly held: string;
  /** What becomes of its members. @default they stay as they are */
  readonly set: { readonly decided: Decided; readonly changes: Decided['changes'] } | undefined;
  readonly now: string;
  readonly commit: string;
}

/** Moves the resource to where the operation's end leads. */
function move(
  { pk, stored, operation, subject }: LoadedOperation,
  { state }: Conclusion,
  item: Item,
  { held, set, now, commit }: Made,
): ReturnType<typeof conditionalUpdate> {
  const to = {
    succeeded: operation.onSucceeded,
    failed: operation.onFailed,
    cancelled: operation.onCancelled,
  }[state];
  const version = item.stored.version + 1;
  const { resource } = operation;
  const key = partitionKey(resource, tenantOf(pk), subject.resource.id);
  const data = set?.decided.next.data ?? item.stored.data;
  const next = { ...item.stored, data, state: to, version, commit, updatedAt: now };
  return conditionalUpdate({
    pk: key,
    read: item.stored,
    held: { state: held, operation: stored.id },
    next,
    changes: set?.changes ?? {},
    ...(set && { hidden: set.decided.hidden }),
    attributes: {
      ...kept({ resource, pk: key, read: item, next }).attributes,
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
