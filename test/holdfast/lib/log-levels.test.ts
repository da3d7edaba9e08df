import { expect, test } from '@jest/globals';
import { stageConfig } from '../../../lib/holdfast/service/config.ts';
import { ofType, synthesizeStage } from '../support/templates.ts';

/** Level below which Lambda drops what functions log, and the level that functions log at; one of each pair that occurs. */
const levels = async (stage: string) => {
  const { service } = await synthesizeStage(stage);
  const pairs = ofType(service, 'AWS::Lambda::Function').map(([, { Properties }]) => {
    const { LoggingConfig, Environment } = Properties as {
      LoggingConfig: { LogFormat: string; ApplicationLogLevel?: string };
      Environment: { Variables: Record<string, string> };
    };
    return [LoggingConfig.ApplicationLogLevel, Environment.Variables.POWERTOOLS_LOG_LEVEL].join();
  });
  return [...new Set(pairs)];
};

// Lambda filters what is logged as JSON, at INFO where no level is set, and Powertools takes that level for its own.
test.each(['dev', 'production'])(
  'Lambda lets through what the functions of %s log, and no less',
  async (stage) => {
    const { logLevel } = stageConfig(stage);

    expect(await levels(stage)).toEqual([`${logLevel},${logLevel}`]);
  },
);
