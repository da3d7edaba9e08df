import { markdownTable } from '../bench/markdown-table.ts';

/** Contract tests that are left out for one reason. */
export interface Skip {
  /** Matches their full names. */
  readonly names: RegExp;
  /** What stands against it: how AWS behaves, and how the emulator does. */
  readonly because: string;
}

/** Contract tests that are left out on the emulator, and nowhere else: the local cloud and a real account answer them. */
export const skips: readonly Skip[] = [
  {
    names: /^the gateway itself answers a malformed path with a problem$/,
    because:
      'API Gateway refuses a path whose percent-encoding is broken; the emulator hands it to the function, which finds nothing of that name',
  },
  {
    names: /^every answer names its request: a problem by the id that the gateway gave it$/,
    because:
      'API Gateway sends the id of `requestContext.requestId` as `x-amzn-RequestId`; the emulator makes another one up for the header',
  },
];

/** Each of them as a row of docs/deploy.md. */
export const skipTable = (): string =>
  markdownTable([
    ['test', 'why the emulator cannot pass it'],
    ...skips.map(({ names, because }) => [names.source.replaceAll(/[\^$]/g, ''), because]),
  ]);
