import type { Duration } from 'aws-cdk-lib';
import {
  Alias,
  type Code,
  type IFunction,
  type IVersion,
  type Function as LambdaFunction,
} from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../../service/config.ts';
import type { Alarms } from '../alarms/alarms.ts';
import type { Canary } from '../alarms/canary.ts';
import type { DeclaredEntry, FunctionEntry } from '../bundles/function-entry.ts';
import type { Reservation } from './reserved-concurrency.ts';
import { ServiceFunction } from './service-function.ts';
import { environmentOf, type Supply, statementsOf } from './statements.ts';

/** The alias that routes call; the canary moves it from one version to the next. */
export const LIVE = 'live';

/** Where a function differs from the others, besides what it is made of and what it needs. */
export interface FunctionSettings {
  /** @default that of every function */
  readonly timeout?: Duration;
  /** Whether its calls are traced. @default true */
  readonly traced?: boolean;
}

/** What all functions of a service have in common. */
export interface FunctionsProps {
  readonly config: StageConfig;
  /** What their needs are met from. */
  readonly supply: Supply;
  /** The bundle of an entry. */
  readonly code: (entry: FunctionEntry) => Code;
  /** The stack that a function of a route lives in. */
  readonly scopeOf: (entry: FunctionEntry) => Construct;
  /** Watches releases. @default none, where the stage has none */
  readonly canary: Canary | undefined;
  /** Executions that some functions have for themselves. */
  readonly reserved: readonly Reservation[];
  /** Watch functions that nobody waits for. */
  readonly alarms: Alarms;
}

/** Makes the functions of a service. */
export class Functions {
  readonly #scope: Construct;
  readonly #props: FunctionsProps;

  constructor(scope: Construct, props: FunctionsProps) {
    this.#scope = scope;
    this.#props = props;
  }

  /** A function that answers requests, by its alias: a new version takes over by and by. */
  route(entry: DeclaredEntry, settings?: FunctionSettings): IFunction {
    return this.#released(entry, this.#props.scopeOf(entry), settings);
  }

  /** The function that the gateway asks before every other; its alias, in the stack of the gateway. */
  authorizer(entry: DeclaredEntry): IFunction {
    return this.#released(entry, this.#scope);
  }

  /** A function that nobody waits for; a new version takes over at once. */
  background(entry: DeclaredEntry, settings?: FunctionSettings): LambdaFunction {
    return this.#watched(entry, this.#make(this.#scope, entry, settings));
  }

  /** A function whose versions stay: whoever has begun with one goes on with it. */
  pinned(entry: DeclaredEntry): LambdaFunction {
    return this.#watched(entry, this.#make(this.#scope, entry, { retainVersions: true }));
  }

  #watched({ name }: FunctionEntry, made: LambdaFunction): LambdaFunction {
    this.#props.alarms.onFailing(made, name, made);
    return made;
  }

  #released(entry: DeclaredEntry, scope: Construct, settings?: FunctionSettings): IFunction {
    const made = this.#make(scope, entry, settings);
    const alias = new Alias(made, 'Live', { aliasName: LIVE, version: made.currentVersion as IVersion });
    this.#props.canary?.watch({ made, alias, name: entry.name });
    return alias as IFunction;
  }

  #make(
    scope: Construct,
    { needs, ...entry }: DeclaredEntry,
    settings: FunctionSettings & { readonly retainVersions?: boolean } = {},
  ): LambdaFunction {
    const { config, code, reserved, supply } = this.#props;
    return new ServiceFunction(scope, entry.name, {
      ...settings,
      entry,
      config,
      code: code(entry),
      environment: environmentOf(needs, supply),
      statements: statementsOf(needs, supply),
      executions: reserved.find(({ name }) => name === entry.name)?.executions,
    }).function;
  }
}
