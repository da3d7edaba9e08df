import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { encodeReceipts } from '../../core/decisions/receipts.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import type { Transition } from '../../core/definitions/representation.ts';
import { idParameter } from '../../core/definitions/routes.ts';
import { write } from '../aws/attributes.ts';
import { lambdaEnvironment } from '../aws/environment.ts';
import { quietly } from '../aws/log.ts';
import { readItem } from '../records/item.ts';
import { DEPLOYED, writeContract } from './write-contract.ts';

/**
 * Runs the steps of a write while Lambda initializes the function, at the full speed of a core. The first run compiles the
 * code and the others warm it up, so the first request waits for neither. The request has a member that no action accepts,
 * and the store writes nothing: each run ends with a refusal before `decide`, and nothing is logged or counted.
 */
export async function rehearse(action: Action, transitions: readonly Transition[]): Promise<void> {
  if (lambdaEnvironment('AWS_LAMBDA_INITIALIZATION_TYPE') === undefined) return;
  const store = {
    load: async () => readItem(action.resource, write({ pk: '##', data: {}, receipts: encodeReceipts([]) })),
    findReceipt: async () => undefined,
    write: () => Promise.reject(new Error('nobody writes anything')),
  };
  const handler = writeContract(action, transitions, { ...DEPLOYED, store });
  const context = { getRemainingTimeInMillis: () => 10_000 } as Context;
  for (let run = 0; run < 5; run++) await quietly(() => handler(requestOfNobody(action), context));
}

const requestOfNobody = ({ resource, scope }: Action) =>
  ({
    httpMethod: 'POST',
    resource: '/',
    path: '/',
    pathParameters: { [idParameter(resource)]: `${resource.idPrefix}_${'0'.repeat(26)}` },
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '0', 'If-Match': '*' },
    body: '{"":""}',
    requestContext: {
      requestId: '',
      authorizer: { subject: '', tenant: '', scopes: scope, expiresAt: '9999999999' },
    },
  }) as unknown as APIGatewayProxyEvent;
