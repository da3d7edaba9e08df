import type { MiddlewareObj } from '@middy/core';
import service from '@service';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import {
  ACCEPTED,
  CONFLICTED,
  FAILED,
  REJECTED,
  REPLAYED,
  VERSION_REQUESTS,
  WRITE_LATENCY,
} from '../../core/metric-names.ts';
import { DefinitionFault } from '../../core/problems/definition-fault.ts';
import { Problem } from '../../core/problems/problem.ts';
import { problemDetails } from '../../core/problems/problem-details.ts';
import { responseHeaders } from '../../core/requests/response-headers.ts';
import { environment } from '../aws/environment.ts';
import { errorOf, logger } from '../aws/log.ts';
import { type Count, countAll } from '../aws/metric.ts';
import type { Answer } from './answer.ts';
import { HttpRequest } from './http-request.ts';

const everyAnswer = responseHeaders(environment('ALLOW_ORIGIN'));

/** A step of the pipeline; each sees the request as the steps before it left it. */
export type Step = MiddlewareObj<HttpRequest, APIGatewayProxyResult>;

/**
 * The outermost step: an event becomes a request, an answer becomes a response, whatever is thrown becomes a problem,
 * and each request leaves one line in the log under the id that its problem shows, and is counted.
 */
export function envelope(): MiddlewareObj {
  return {
    before(handling) {
      handling.event = new HttpRequest(handling.event as APIGatewayProxyEvent);
    },
    after(handling) {
      const request = handling.event as HttpRequest;
      const answer = handling.response as Answer;
      handling.response = response(answer, request);
      logger.info('answered', {
        ...logLine(request),
        status: answer.status,
        ...(isReplay(answer) && { replayed: true }),
      });
      countAll({
        ...('key' in request.logged && {
          [isReplay(answer) ? REPLAYED : ACCEPTED]: {
            milliseconds: { [WRITE_LATENCY]: Date.now() - request.receivedAt },
          },
        }),
        ...versionCount(request),
      });
    },
    onError(handling) {
      const request = handling.event instanceof HttpRequest ? handling.event : undefined;
      const problem = shown(Problem.from(handling.error));
      const requestId = request?.id ?? handling.context.awsRequestId;
      const { status, headers, body } = problemDetails(problem, {
        prefix: service.prefix,
        base: request?.base ?? '',
        requestId,
      });
      handling.response = response({ status, headers, body }, request);
      const line = { requestId, ...logLine(request), status, code: problem.code, detail: problem.message };
      if (status < 500) logger.info('refused', line);
      else logger.error('failed', { ...line, error: errorOf(problem.cause ?? problem) });
      countAll({ ...problemCount(problem, handling.context), ...(request && versionCount(request)) });
    },
  };
}

/** On one's own machine, an internal error that a definition has caused says so; elsewhere the log does. */
function shown(problem: Problem): Problem {
  const { cause } = problem.occurrence;
  if (!(cause instanceof DefinitionFault) || environment('STAGE') !== 'local') return problem;
  return new Problem('internal-error', { ...problem.occurrence, detail: cause.message });
}

/** A fault of ours is counted by the version that has it: a release is judged by its own alone. */
function problemCount(
  { code, row: { category } }: Problem,
  { functionVersion: version }: Context,
): Readonly<Record<string, Count>> {
  if (category === 'internal')
    return { [FAILED]: { by: { function: environment('POWERTOOLS_SERVICE_NAME'), version } } };
  return category === 'conflict' ? { [CONFLICTED]: {} } : { [REJECTED]: { by: { code } } };
}

/**
 * Whatever it is answered, a request shows that its client speaks its version. A metric is charged for each pair, so only a
 * version that is declared counts, of a client that has signed in: nobody makes one up.
 */
function versionCount({ logged: { apiVersion, client } }: HttpRequest): Readonly<Record<string, Count>> {
  if (typeof apiVersion !== 'string' || typeof client !== 'string') return {};
  const sets = [['apiVersion'], ['apiVersion', 'client']];
  return { [VERSION_REQUESTS]: { by: { apiVersion, client }, sets } };
}

const isReplay = ({ headers }: Answer) => 'Idempotent-Replayed' in headers;

const logLine = (request: HttpRequest | undefined) =>
  request && {
    requestId: request.id,
    extendedRequestId: request.extendedId,
    route: request.route,
    ...request.logged,
  };

function response(
  { status, headers, location, body }: Answer,
  request: HttpRequest | undefined,
): APIGatewayProxyResult {
  return {
    statusCode: status,
    headers: {
      ...everyAnswer,
      ...request?.answerHeaders,
      ...headers,
      ...(location !== undefined && { Location: `${request?.base ?? ''}${location}` }),
    },
    body,
  };
}
