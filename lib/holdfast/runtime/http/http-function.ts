import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { Problem } from '../../core/problems/problem.ts';
import type { Answer } from './answer.ts';
import { envelope, type Step } from './envelope.ts';
import type { HttpRequest } from './http-request.ts';

/** Time kept back to answer with a problem of ours, before Lambda ends the function without an answer. */
const ANSWER_MS = 500;

/** A Lambda handler that runs the steps in the order given, inside the envelope, and then `handle`. */
export function httpFunction(
  steps: readonly Step[],
  handle: (request: HttpRequest, context: Context) => Promise<Answer>,
): (event: APIGatewayProxyEvent, context: Context) => Promise<APIGatewayProxyResult> {
  const pipeline = middy<unknown, unknown>({
    timeoutEarlyInMillis: ANSWER_MS,
    timeoutEarlyResponse: () => {
      throw new Problem('temporarily-unavailable', { detail: 'the time for this request is used up' });
    },
  });
  pipeline.use(envelope());
  for (const step of steps) pipeline.use(step);
  pipeline.handler((request: unknown, context: Context) => handle(request as HttpRequest, context));
  return (event, context) => pipeline(event, context) as Promise<APIGatewayProxyResult>;
}

/** Epoch milliseconds until which a request may still start work. */
export const deadlineMs = (context: Context): number =>
  Date.now() + Math.max(0, context.getRemainingTimeInMillis() - 2 * ANSWER_MS);
