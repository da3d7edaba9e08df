/**
 * AWS's list for us-east-1 without free tiers, in dollars, as of {@link PRICED_ON}; look them up again where they stand.
 * @see https://aws.amazon.com/dynamodb/pricing/on-demand/ (halved on 2024-11-01)
 * @see https://aws.amazon.com/lambda/pricing/
 * @see https://aws.amazon.com/api-gateway/pricing/
 * @see https://aws.amazon.com/cloudwatch/pricing/ for alarms, metrics, dashboards and logs
 * @see https://aws.amazon.com/xray/pricing/
 * @see https://aws.amazon.com/cognito/pricing/ for machines (charged since 2024-05-09)
 * @see https://aws.amazon.com/secrets-manager/pricing/
 * @see https://aws.amazon.com/sqs/pricing/
 */
export const PRICES = {
  millionWrites: 0.625,
  millionReads: 0.125,
  millionInvocations: 0.2,
  /** On arm64, of the first 7.5 thousand million a month. */
  gigabyteSecond: 0.0000133334,
  /** REST API, of the first 333 million a month. */
  millionRequests: 3.5,
  /** Logs of the standard class, ingested. */
  logGigabyte: 0.5,
  millionTraces: 5,
  /** A month: of each metric that an alarm of standard resolution looks at. */
  alarmMetric: 0.1,
  /** A month, prorated by the hour in which it has data; of the first 10,000. */
  metric: 0.3,
  /** A month; three of an account are free. */
  dashboard: 3,
  /** A month. */
  secret: 0.4,
  /** A month: a Cognito app client of a machine; at most, since AWS's newest text on costs names tokens alone (docs/cost.md). */
  machineClient: 6,
  /** A token that a machine is given by Cognito, of the first 250,000 a month. */
  token: 0.00225,
  /** Standard queues, beyond the first million of an account. */
  millionQueueRequests: 0.4,
};

/** When they were looked up. */
export const PRICED_ON = '2026-11-28';
