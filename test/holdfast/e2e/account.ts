/** The one account that is deployed to: no one's. */
export const ACCOUNT = '000000000000';

/** Not the emulator's default, so that a region that is written down somewhere would be noticed. */
export const REGION = 'eu-central-1';

/** Environment of whatever speaks to the emulator. */
export const accountEnvironment = (endpoint: string): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: REGION,
  AWS_ACCESS_KEY_ID: ACCOUNT,
  AWS_SECRET_ACCESS_KEY: 'emulated',
  // Whatever names an account of the caller's is out of reach.
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/**
 * Takes every setting of the caller's for AWS and the CDK out of the environment, so that nothing started from here can
 * reach an account.
 * @throws Error when the caller has named an endpoint beyond this machine
 */
export function leaveAccounts(environment: NodeJS.ProcessEnv): void {
  for (const [name, value = ''] of Object.entries(environment)) {
    if (/^AWS_ENDPOINT_URL/.test(name)) requireLoopback(value, name);
    if (/^(AWS|CDK)_/.test(name)) delete environment[name];
  }
}

/**
 * Refuses all but an endpoint on loopback whose account is {@link ACCOUNT}.
 * @throws Error that names endpoint or account
 */
export async function requireEmulator(endpoint: string): Promise<void> {
  requireLoopback(endpoint, 'endpoint');
  const text = await ask(endpoint, 'sts', { body: 'Action=GetCallerIdentity&Version=2011-06-15' });
  const [, account = 'unknown'] = /<Account>(\d*)<\/Account>/.exec(text) ?? [];
  if (account === ACCOUNT) return;
  throw new Error(`the account at ${endpoint} is ${account}; npm run e2e deploys to ${ACCOUNT} alone`);
}

/** Whether a URL is one of this machine's own. */
export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);

function requireLoopback(endpoint: string, name: string): void {
  if (isLoopback(endpoint)) return;
  throw new Error(
    `${name} is '${endpoint}'; npm run e2e deploys to an emulator on 127.0.0.1 alone, and tests a deployment with --base-url`,
  );
}

/** What a service of the endpoint answers to one request. */
export async function ask(
  endpoint: string,
  service: string,
  { target, body }: { readonly target?: string; readonly body: string },
): Promise<string> {
  const scope = `${ACCOUNT}/20260101/${REGION}/${service}/aws4_request`;
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
      ...(target === undefined
        ? { 'Content-Type': 'application/x-www-form-urlencoded' }
        : { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': target }),
    },
    body,
  });
  return response.text();
}
