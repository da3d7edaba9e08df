import { Duration, Stack } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  CfnFunction,
  type Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { StageConfig } from '../../service/config.ts';
import { HANDLER } from '../bundles/bundle.ts';
import type { FunctionEntry } from '../bundles/function-entry.ts';
import { cfnOf } from '../templates/cfn-of.ts';
import { environmentFaults } from './environment-size.ts';
import { retention } from './retention.ts';

/** Three attempts at each of two calls fit in, and the gateway's limit of 29 s is far. */
const TIMEOUT = Duration.seconds(15);

/** Below it, a Lambda's share of a core makes a cold start take longer than it saves. */
const MEMORY_MB = 512;

/** One function, with a role and a log group of its own. */
export interface ServiceFunctionProps {
  readonly entry: FunctionEntry;
  readonly config: StageConfig;
  /** Folder of its bundle. */
  readonly code: Code;
  readonly environment: Readonly<Record<string, string>>;
  /** @default 15 seconds */
  readonly timeout?: Duration | undefined;
  /** All that it may touch besides its own log and its traces. @default nothing */
  readonly statements?: readonly PolicyStatement[] | undefined;
  /** Whether its calls are traced. @default true */
  readonly traced?: boolean | undefined;
  /** Executions at once that it has for itself, and never more. @default it shares those of the account */
  readonly executions?: number | undefined;
  /** Whether versions of it stay when the next one comes. @default false */
  readonly retainVersions?: boolean;
}

/** A function that may write its own log and its traces and do what its statements say, and nothing else. */
export class ServiceFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    super(scope, id);
    const { entry, config, code, environment, statements = [] } = props;
    const { timeout = TIMEOUT, retainVersions = false, traced = true, executions } = props;
    const logGroup = new LogGroup(this, 'Log', {
      retention: config.logRetentionDays,
      removalPolicy: retention(config.retainData),
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const statement of statements) role.addToPolicy(statement);
    this.function = new LambdaFunction(this, 'Function', {
      description: `${entry.name} of ${config.service.title}, stage ${config.stage}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      code,
      handler: HANDLER,
      timeout,
      memorySize: MEMORY_MB,
      ...(executions !== undefined && { reservedConcurrentExecutions: executions }),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      // Lambda drops what is below it, INFO where none is set, and tells Powertools, which goes by it before all else.
      // @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
      applicationLogLevelV2: ApplicationLogLevel[config.logLevel],
      // Start, end and report of every call cost more than what the function itself logs; failures are told at WARN.
      systemLogLevelV2: SystemLogLevel.WARN,
      tracing: traced ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: {
        POWERTOOLS_SERVICE_NAME: entry.name,
        POWERTOOLS_LOG_LEVEL: config.logLevel,
        STAGE: config.stage,
        ...environment,
      },
      currentVersionOptions: { removalPolicy: retention(retainVersions) },
    });
    const resource = cfnOf(this.function, CfnFunction);
    resource.addMetadata('holdfast', entry);
    this.node.addValidation({
      validate: () => environmentFaults(entry.name, Stack.of(this).resolve(resource.environment)),
    });
  }
}
