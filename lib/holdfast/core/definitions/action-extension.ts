import type { ProblemRow } from '../problems/problems.ts';
import type { Resource } from './define-resource.ts';

/** A resource that an action reads, or changes, besides its own. */
export interface Touched {
  /** What the action calls it. */
  readonly name: string;
  readonly resource: Resource;
  readonly writes: boolean;
  /** Members that it may change. @default any */
  readonly sets?: readonly string[];
  /** States between which a change moves it: those that it may be in, and those that it may come to. @default any */
  readonly states: readonly string[];
}

/** What a capability adds to an action, as far as it can be known without running it. */
export interface ActionExtension {
  /** Problems that the action may be refused with besides, by code. */
  readonly problems: Readonly<Record<string, ProblemRow>>;
  /** Other resources that its function reads, or writes as well. */
  readonly touches: readonly Touched[];
}
