import { parentPort, workerData } from 'node:worker_threads';

/** What a function is asked. */
export interface Invocation {
  /** JSON, as everything that reaches a Lambda. */
  readonly event: string;
  /** Epoch milliseconds at which the function is ended. */
  readonly deadline: number;
  readonly requestId: string;
  /** X-Ray's id of the request: the SDK sends it with every call, so that a call can be told from others. */
  readonly traceId: string;
}

/** What a function answers: JSON, or what it threw. */
export type Outcome =
  | { readonly payload: string }
  | { readonly error: { readonly name: string; readonly message: string } };

process.setSourceMapsEnabled(true);

const { file, functionName, memoryMb, arn } = workerData;

try {
  const { handler } = await import(file);
  parentPort?.on('message', async ({ event, deadline, requestId, traceId }: Invocation) => {
    process.env._X_AMZN_TRACE_ID = `Root=${traceId};Sampled=0`;
    const context = {
      functionName,
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: String(memoryMb),
      awsRequestId: requestId,
      logGroupName: `/local/${functionName}`,
      logStreamName: 'local',
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    };
    parentPort?.postMessage(await outcome(handler, JSON.parse(event), context));
  });
  parentPort?.postMessage({ ready: true });
} catch (error) {
  console.error(error);
  parentPort?.postMessage({ error: described(error) });
}

async function outcome(
  handler: (event: unknown, context: unknown) => unknown,
  event: unknown,
  context: unknown,
): Promise<Outcome> {
  try {
    return { payload: JSON.stringify((await handler(event, context)) ?? null) };
  } catch (error) {
    return { error: described(error) };
  }
}

function described(error: unknown): { name: string; message: string } {
  return error instanceof Error
    ? { name: error.name, message: error.message }
    : { name: 'Error', message: String(error) };
}
