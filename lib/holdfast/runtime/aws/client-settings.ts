/**
 * Of every client of AWS. An attempt ends after two seconds, so that three fit into a function's fifteen, and none hangs
 * for as long as the function may; a read or write of one item takes milliseconds. The SDK sets no such limit by itself.
 */
export const clientSettings = {
  maxAttempts: 3,
  // No middleware is added once a client is at work, so its stack is put together once for each command and not in each call.
  cacheMiddleware: true,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
};
