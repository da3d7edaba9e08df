import { randomUUID } from 'node:crypto';

/** A token for one waiting task. It carries its state machine, which is what Step Functions authorizes an answer by. */
export const taskToken = (machineArn: string): string =>
  `${Buffer.from(machineArn).toString('base64url')}.${randomUUID()}`;

/** ARN of the state machine whose task waits with this token. */
export const machineOfToken = (token: string): string =>
  Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
