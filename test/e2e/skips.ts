/** A contract test that the emulator cannot answer. */
interface Skip {
  /** Full name of the test. */
  readonly name: string;
  /** What stands against it: how AWS behaves, and how the emulator does. */
  readonly because: string;
}

/** Contract tests that are left out on the emulator, and nowhere else: the local cloud and a real account answer them. */
export const skips: readonly Skip[] = [
  {
    name: 'the gateway itself answers a malformed path with a problem',
    because:
      'API Gateway refuses a path whose percent-encoding is broken; the emulator hands it to the function, which finds no such payout',
  },
  {
    name: 'every answer names its request: a problem by the id that the gateway gave it',
    because:
      'API Gateway sends the id of `requestContext.requestId` as `x-amzn-RequestId`; the emulator makes another one up for the header',
  },
];

/** Each of them as a row of the README. */
export const skipTable = (): string =>
  [
    '| test | what stands against it |',
    '| --- | --- |',
    ...skips.map(({ name, because }) => `| ${name} | ${because} |`),
  ].join('\n');
