/** What the AWS SDK says where its settings are missing, and what to do, which it does not say. */
const REMEDIES: readonly (readonly [fault: RegExp, remedy: string])[] = [
  [
    /^Region is missing/,
    'no AWS region is set; set AWS_REGION, or AWS_PROFILE to a profile of ~/.aws/config that has a region',
  ],
  [
    /^Could not load credentials from any providers/,
    'no AWS credentials were found; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  ],
  [
    /^(ExpiredToken|The security token included in the request is expired|Token is expired)/,
    'the AWS credentials have expired; sign in again, as by aws sso login',
  ],
];

/** What a person is told of an error. */
export function faultMessage(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  const message = String((hasMessage ? error.message : undefined) ?? error);
  return REMEDIES.find(([fault]) => fault.test(message))?.[1] ?? message;
}
