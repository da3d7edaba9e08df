import type { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
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
import type { FunctionEntry } from '../bundles/function-entry.ts';
import type { Reservation } from './reserved-concurrency.ts';
import { ServiceFunction } from './service-function.ts';

/** The alias that routes call; the canary moves it from one version to the next. */
export const LIVE = 'live';

/** A function, and what it needs. */
export interface FunctionSpec {
  readonly entry: FunctionEntry;
  readonly environment: Readonly<Record<string, string>>;
  /** @default nothing besides its own log and traces */
  readonly statements?: readonly PolicyStatement[];
  /** @default that of every function */
  readonly timeout?: Duration;
  /** Whether its calls are traced. @default true */
  readonly traced?: boolean;
}

/** What all functions of a service have in common. */
export interface FunctionsProps {
  readonly config: StageConfig;
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
  route(spec: FunctionSpec): IFunction {
    return this.#released(spec, this.#props.scopeOf(spec.entry));
  }

  /** The function that the gateway asks before every other; its alias, in the stack of the gateway. */
  authorizer(spec: FunctionSpec): IFunction {
    return this.#released(spec, this.#scope);
  }

  /** A function that nobody waits for; a new version takes over at once. */
  background(spec: FunctionSpec): LambdaFunction {
    return this.#watched(spec, this.#make(this.#scope, spec));
  }

  /** A function whose versions stay: whoever has begun with one goes on with it. */
  pinned(spec: FunctionSpec): LambdaFunction {
    return this.#watched(spec, this.#make(this.#scope, spec, true));
  }

  #watched({ entry }: FunctionSpec, made: LambdaFunction): LambdaFunction {
    this.#props.alarms.onFailing(made, entry.name, made);
    return made;
  }

  #released(spec: FunctionSpec, scope: Construct): IFunction {
    const { entry } = spec;
    const made = this.#make(scope, spec);
    const alias = new Alias(made, 'Live', { aliasName: LIVE, version: made.currentVersion as IVersion });
    this.#props.canary?.watch({ made, alias, name: entry.name });
    return alias as IFunction;
  }

  #make(scope: Construct, spec: FunctionSpec, retainVersions = false): LambdaFunction {
    const { config, code, reserved } = this.#props;
    const executions = reserved.find(({ name }) => name === spec.entry.name)?.executions;
    const props = { ...spec, config, code: code(spec.entry), retainVersions, executions };
    return new ServiceFunction(scope, spec.entry.name, props).function;
  }
}
