import type { Decided } from '../decisions/apply-decision.ts';
import type { Operation } from '../definitions/define-operation.ts';
import type { Resource, Snapshot } from '../definitions/define-resource.ts';
import type { OperationExtension } from '../definitions/operation-extension.ts';
import type { StoredResource } from '../definitions/representation.ts';
import type { Result } from '../partners/outcome.ts';
import type { OperationEvent } from './operation-event.ts';
import type { Command, Conclusion, Progress, Resolution } from './operation-progress.ts';

type Values = Readonly<Record<string, unknown>>;

/** Which command, whatever its attempt. */
type Which = Pick<Command, 'step' | 'undo'>;

/** What happens to an operation, and when, in epoch milliseconds. */
export interface Happening {
  readonly operation: Operation;
  readonly progress: Progress;
  readonly event: OperationEvent;
  readonly now: number;
}

/** What an end is made on: the resource, which the operation still holds. */
export interface Ending {
  readonly operation: Operation;
  readonly progress: Progress & Conclusion;
  readonly resource: StoredResource;
  /** RFC 3339, UTC. */
  readonly now: string;
  /** Random characters for the resource's ETag. */
  readonly commit: string;
}

/** A capability's part in carrying an operation out. */
export interface OperationCapability extends OperationExtension {
  /** What happens comes here first. @param plain what it makes of an operation that nothing extends */
  advance(happening: Happening, plain: (progress: Progress) => Progress): Progress;
  /** What is shown as `results`; null where nothing is. */
  shown(progress: Progress): Values | null;
  /** What a partner is told. @throws Error where {@link lack} names something */
  input(progress: Progress, which: Which, resource: Snapshot<Resource>): Values;
  /** The step whose result is missing to tell a partner what it is to do. @default nothing is missing */
  lack(progress: Progress, which: Which, resource: Snapshot<Resource>): string | undefined;
  /** What an end makes of the resource besides its state, or what becomes of the operation in its place. */
  end(ending: Ending): { readonly decided?: Decided } | { readonly instead: Progress };
  /**
   * Takes in what a person found out besides the outcome.
   * @throws Problem `invalid-input` for what does not belong to it, or is missing
   */
  resolved(progress: Progress, outcome: Resolution, result: Result | undefined): Progress;
}

const isCapability = (extension: OperationExtension): extension is OperationCapability =>
  'advance' in extension;

/** The capability that extends an operation; undefined where none does. */
export const capabilityOf = ({ with: extension }: Operation): OperationCapability | undefined =>
  extension !== undefined && isCapability(extension) ? extension : undefined;
