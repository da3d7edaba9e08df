import type { Duration } from 'aws-cdk-lib';
import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Code, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config.ts';
import type { FunctionEntry } from '../function-entry.ts';
import { ServiceFunction } from './service-function.ts';

/** Makes a function of an entry, in the scope of its stack. */
export type MakeFunction = (
  entry: FunctionEntry,
  environment: Readonly<Record<string, string>>,
  statements?: readonly PolicyStatement[],
  timeout?: Duration,
) => IFunction;

/** What every function of a stack has in common. */
export const functionMaker =
  (scope: Construct, config: StageConfig, code: (entry: FunctionEntry) => Code): MakeFunction =>
  (entry, environment, statements = [], timeout) =>
    new ServiceFunction(scope, entry.name, {
      entry,
      config,
      code: code(entry),
      environment,
      statements,
      ...(timeout && { timeout }),
    }).function;
