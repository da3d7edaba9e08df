import middy from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { Problem } from '../../core/problems/problem.ts';
import { ANSWER_MS } from '../aws/deadline.ts';
import type { Answer } from './answer.ts';
import { envelope, type Step } from './envelope.ts';
import type { HttpRequest } from './http-request.ts';

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
