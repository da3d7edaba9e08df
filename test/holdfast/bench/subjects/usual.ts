import { IdempotencyConfig } from '@aws-lambda-powertools/idempotency';
import { DynamoDBPersistenceLayer } from '@aws-lambda-powertools/idempotency/dynamodb';
import { makeHandlerIdempotent } from '@aws-lambda-powertools/idempotency/middleware';
import { Logger } from '@aws-lambda-powertools/logger';
import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import * as z from 'zod';

const logger = new Logger();
const client = new DynamoDBClient({});
const TableName = process.env.RECORDS_TABLE;

const persistenceStore = new DynamoDBPersistenceLayer({
  tableName: process.env.IDEMPOTENCY_TABLE ?? '',
  awsSdkV3Client: client,
});

const config = new IdempotencyConfig({
  eventKeyJmesPath: '[requestContext.authorizer.tenant, path, headers."Idempotency-Key"]',
  payloadValidationJmesPath: 'body',
  throwOnNoIdempotencyKey: true,
  expiresAfterSeconds: 24 * 3_600,
});

const input = z.strictObject({
  amount: z.strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/),
    value: z.string().regex(/^(?:0|[1-9]\d{0,14})\.\d{2}$/),
  }),
});

class Refusal extends Error {
  readonly status: number;
  readonly etag: string | undefined;

  constructor(status: number, detail: string, etag?: string) {
    super(detail);
    this.status = status;
    this.etag = etag;
  }
}

const etagOf = (version: unknown) => `"${version}"`;

/** The outermost step: what is thrown becomes an answer, and each request leaves a line in the log. */
const answers: MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  after({ event, response }) {
    logger.info('answered', { requestId: event.requestContext.requestId, status: response?.statusCode });
  },
  onError(handling) {
    const { event, error } = handling;
    const cause = error?.cause instanceof Refusal ? error.cause : error;
    const { status, etag } = cause instanceof Refusal ? cause : { status: 500, etag: undefined };
    logger.info('refused', { requestId: event.requestContext.requestId, status, detail: cause?.message });
    handling.response = {
      statusCode: status,
      headers: { 'Content-Type': 'application/problem+json', ...(etag !== undefined && { ETag: etag }) },
      body: JSON.stringify({ title: 'refused', status, detail: cause?.message }),
    };
  },
};

/** What can be refused without a call is refused before a record is made. */
const checked: MiddlewareObj<APIGatewayProxyEvent, APIGatewayProxyResult> = {
  before({ event }) {
    const scopes = String(event.requestContext.authorizer?.scopes ?? '').split(' ');
    if (!scopes.includes('payouts:*') && !scopes.includes('payouts:change-amount'))
      throw new Refusal(403, 'the token needs the scope payouts:change-amount');
    if (event.headers['Content-Type'] !== 'application/json') throw new Refusal(415, 'send JSON');
    if (event.headers['Idempotency-Key'] === undefined) throw new Refusal(400, 'send an Idempotency-Key');
    if (event.headers['If-Match'] === undefined) throw new Refusal(428, 'send If-Match');
  },
};

async function changeAmount(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const parsed = input.safeParse(JSON.parse(event.body ?? ''));
  if (!parsed.success) throw new Refusal(422, z.prettifyError(parsed.error));
  const { amount } = parsed.data;
  const id = event.pathParameters?.payoutId ?? '';
  const Key = { pk: { S: `payouts#${event.requestContext.authorizer?.tenant}#${id}` } };

  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  if (Item === undefined) throw new Refusal(404, 'there is no such payout');
  const { version, state, createdAt, data } = unmarshall(Item);
  if (event.headers['If-Match'] !== etagOf(version))
    throw new Refusal(412, 'the payout has changed', etagOf(version));
  if (state !== 'draft') throw new Refusal(409, `the payout is ${state}`, etagOf(version));

  const updatedAt = new Date().toISOString();
  try {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key,
        UpdateExpression: 'SET #data.#amount = :amount, #version = :next, #updatedAt = :now',
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: {
          '#data': 'data',
          '#amount': 'amount',
          '#version': 'version',
          '#updatedAt': 'updatedAt',
        },
        ExpressionAttributeValues: marshall({
          ':amount': amount,
          ':version': version,
          ':next': version + 1,
          ':now': updatedAt,
        }),
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    throw new Refusal(412, 'the payout has changed', etagOf(error.Item?.version?.N));
  }
  const payout = { id, state, version: version + 1, ...data, amount, createdAt, updatedAt };
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'application/json', ETag: etagOf(version + 1) },
    body: JSON.stringify(payout),
  };
}

/**
 * The same action the usual way: middy, zod, and Powertools' own DynamoDB layer around a read and a conditional
 * update. What it answers is stored by one write and what it does by another, so that a crash between the two leaves
 * the effect without its answer.
 */
export const handler = middy<APIGatewayProxyEvent, APIGatewayProxyResult>()
  .use(answers)
  .use(checked)
  .use(makeHandlerIdempotent({ persistenceStore, config }))
  .handler(changeAmount);
