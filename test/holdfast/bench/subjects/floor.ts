import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';

const client = new DynamoDBClient({});
const TableName = process.env.RECORDS_TABLE;

/**
 * The least that changes an amount without losing another's change: one strongly consistent read, one conditional
 * write. Nothing is validated, nothing is logged, and a retry does it again.
 */
export async function handler(event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> {
  const { amount } = JSON.parse(event.body ?? '{}');
  const Key = {
    pk: { S: `payouts#${event.requestContext.authorizer?.tenant}#${event.pathParameters?.payoutId}` },
  };
  const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
  const version = Number(Item?.version?.N);
  if (event.headers['If-Match'] !== `"${version}"`) return refused(version);
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
        ExpressionAttributeValues: {
          ':amount': { M: { currency: { S: amount.currency }, value: { S: amount.value } } },
          ':version': { N: String(version) },
          ':next': { N: String(version + 1) },
          ':now': { S: new Date().toISOString() },
        },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }),
    );
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return refused(Number(error.Item?.version?.N));
    throw error;
  }
  return { statusCode: 200, headers: { ETag: `"${version + 1}"` }, body: JSON.stringify({ amount }) };
}

const refused = (version: number): APIGatewayProxyResult => ({
  statusCode: 412,
  headers: { ETag: `"${version}"` },
  body: '',
});
