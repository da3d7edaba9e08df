import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Functions of routes in one nested stack: with a canary, each takes 12 of the 500 resources that a stack may have. */
const NEST_SIZE = 25;

/**
 * Functions that a stage has by its settings alone. What is recorded is one stage's, and others would place them by the room
 * that there happens to be: they are always in the first, take nobody's room, and are not recorded.
 */
const BY_SETTING: readonly string[] = ['status'];

/** Number of the nested stack that each function lives in, by the function's name. */
export type Nesting = Readonly<Record<string, number>>;

/**
 * The nested stacks of the functions of routes. One that is recorded stays where it is, since a function that moves is
 * deleted in one stack while it is made in the other; what is new goes to the first with room.
 */
export class Nests {
  /** Where each function has come to live. */
  readonly placed: Record<string, number> = {};
  readonly #parent: Construct;
  readonly #recorded: Nesting;
  readonly #stacks = new Map<number, NestedStack>();
  readonly #members = new Map<number, number>();

  constructor(parent: Construct, recorded: Nesting) {
    this.#parent = parent;
    this.#recorded = recorded;
    for (const nest of Object.values(recorded)) this.#take(nest);
  }

  /** The stack that the function of this name lives in. */
  of(name: string): NestedStack {
    if (BY_SETTING.includes(name)) return this.#stack(1);
    const nest = this.#recorded[name] ?? this.#firstWithRoom();
    if (this.#recorded[name] === undefined) this.#take(nest);
    this.placed[name] = nest;
    return this.#stack(nest);
  }

  #stack(nest: number): NestedStack {
    const existing = this.#stacks.get(nest);
    if (existing !== undefined) return existing;
    const made = new NestedStack(this.#parent, `Functions${nest}`, {
      description: `Functions of routes, part ${nest}`,
    });
    this.#stacks.set(nest, made);
    return made;
  }

  #firstWithRoom(): number {
    let nest = 1;
    while ((this.#members.get(nest) ?? 0) >= NEST_SIZE) nest++;
    return nest;
  }

  #take(nest: number): void {
    this.#members.set(nest, (this.#members.get(nest) ?? 0) + 1);
  }
}
