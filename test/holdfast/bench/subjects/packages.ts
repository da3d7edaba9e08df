import { IdempotencyConfig, makeIdempotent } from '@aws-lambda-powertools/idempotency';
import { BasePersistenceLayer } from '@aws-lambda-powertools/idempotency/persistence';
import { DynamoDBClient, GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import canonicalize from 'canonicalize';
import * as z from 'zod';

/** The packages that an action of ours is made of, and none of our code: what its import takes without us. */
export const handler = () => ({
  idempotency: [IdempotencyConfig, makeIdempotent, BasePersistenceLayer],
  client: new DynamoDBClient({}),
  commands: [GetItemCommand, UpdateItemCommand, marshall, unmarshall],
  middy,
  canonicalize,
  schema: z.strictObject({ value: z.optional(z.string().max(500)) }),
});
