import { setTimeout as delay } from 'node:timers/promises';
import { dynamodb } from './dynamodb.ts';
import { lambdaEnvironment } from './environment.ts';

/** A first call takes tens of milliseconds. Where there is no network, requests are told so, and none waits for this. */
const LIMIT_MS = 300;

/**
 * Sends a command twice while Lambda initializes the function, at the full speed of a core. The first opens the connection
 * and loads credentials and the SDK's code; the second runs the code that reuses the connection. On one's own machine
 * nothing is sent.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html for the variable
 */
export async function connected(command: Parameters<typeof dynamodb.send>[0]): Promise<void> {
  if (lambdaEnvironment('AWS_LAMBDA_INITIALIZATION_TYPE') === undefined) return;
  // Whatever is wrong, the first request meets it too, and tells of it: there is nobody here to tell.
  const sent = dynamodb
    .send(command)
    .then(() => dynamodb.send(command))
    .catch(() => undefined);
  await Promise.race([sent, delay(LIMIT_MS)]);
}
