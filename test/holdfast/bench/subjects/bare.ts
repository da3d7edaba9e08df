import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

/** The least that a function can do with DynamoDB: one command of one client. */
export const handler = () =>
  client.send(new GetItemCommand({ TableName: process.env.RECORDS_TABLE, Key: { pk: { S: 'payouts' } } }));
