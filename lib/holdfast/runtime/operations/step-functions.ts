import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { idOf } from '../../core/store/keys.ts';
import { clientSettings } from '../aws/client-settings.ts';
import { environmentJson } from '../aws/environment.ts';
import { traced } from '../aws/trace.ts';

const sfn = traced(new SFNClient(clientSettings), 'StepFunctions');

/** A release has taken an operation away that was accepted before. */
export class UnknownOperation extends Error {
  constructor(definition: string) {
    super(`operation '${definition}' is gone, and some that were accepted go on with it; put its file back`);
  }
}

const machineOf = (definition: string): string => {
  const arn = environmentJson<Record<string, string>>('STATE_MACHINES')[definition];
  if (arn === undefined) throw new UnknownOperation(definition);
  return arn;
};

/**
 * Starts the one execution of an operation's epoch. Named by it and with the same input, it is started once, and while it runs
 * the same call tells so: it takes far more calls a second than asking does.
 * @returns whether it runs, or has ended before
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export async function startExecution(
  definition: string,
  pk: string,
  epoch: number,
): Promise<'running' | 'ended'> {
  try {
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: machineOf(definition),
        name: `${idOf(pk)}-${epoch}`,
        input: JSON.stringify({ operation: pk, epoch }),
      }),
    );
    return 'running';
  } catch (error) {
    if (error instanceof ExecutionAlreadyExists) return 'ended';
    throw error;
  }
}

/** Ends the wait of a task, which then asks what there is to do. With a token that was used, or whose time is up, nobody waits. */
export async function resume(taskToken: string): Promise<void> {
  try {
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{"type":"none"}' }));
  } catch (error) {
    if (![TaskTimedOut, TaskDoesNotExist, InvalidToken].some((over) => error instanceof over)) throw error;
  }
}
