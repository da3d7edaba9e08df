/**
 * Asks the emulator what `fetch` is to ask a host of Cognito's: the functions of a stage with a user pool get its keys
 * there, and `npm run token` its tokens. Node.js loads this before a program (`--import`), so the program is as it ships.
 */
const COGNITO = /(^|\.)(cognito-idp\.[a-z0-9-]+\.amazonaws|amazoncognito)\.com$/;

const { fetch } = globalThis;

globalThis.fetch = (input, init) => {
  const { AWS_ENDPOINT_URL } = process.env;
  const url = new URL(input instanceof Request ? input.url : input);
  if (AWS_ENDPOINT_URL === undefined || !COGNITO.test(url.hostname)) return fetch(input, init);
  return fetch(new URL(`${url.pathname}${url.search}`, AWS_ENDPOINT_URL), init);
};

export {};
