import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { clientSettings } from './client-settings.ts';
import { environment } from './environment.ts';
import { idOf } from './item.ts';

const sfn = new SFNClient(clientSettings);

/** Name of the execution that carries an operation: one for each epoch, and no other. */
const executionName = (pk: string, epoch: number): string => `${idOf(pk)}-${epoch}`;

const machineOf = (definition: string): string => {
  const arn = (JSON.parse(environment('STATE_MACHINES')) as Record<string, string>)[definition];
  if (arn === undefined)
    throw new Error(`operation '${definition}' has no state machine; its stack makes one`);
  return arn;
};

/** Starts the execution of an operation's epoch. Named by it and with the same input, it is started once. */
export async function startExecution(definition: string, pk: string, epoch: number): Promise<void> {
  try {
    await sfn.send(
      new StartExecutionCommand({
        stateMachineArn: machineOf(definition),
        name: executionName(pk, epoch),
        input: JSON.stringify({ operation: pk, epoch }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
}

/** What an operation's execution is doing: that its name exists is no proof of life. */
export async function executionStatus(
  definition: string,
  pk: string,
  epoch: number,
): Promise<'missing' | 'running' | 'ended'> {
  const executionArn = `${machineOf(definition).replace(':stateMachine:', ':execution:')}:${executionName(pk, epoch)}`;
  try {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return status === 'RUNNING' || status === 'PENDING_REDRIVE' ? 'running' : 'ended';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'missing';
    throw error;
  }
}

/**
 * Hands a waiting task its output.
 * @returns false when nobody waits with this token any more: it was used, or its time is up
 */
export async function resume(taskToken: string, output: unknown): Promise<boolean> {
  try {
    await sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) }));
    return true;
  } catch (error) {
    if (error instanceof TaskTimedOut || error instanceof TaskDoesNotExist || error instanceof InvalidToken)
      return false;
    throw error;
  }
}
