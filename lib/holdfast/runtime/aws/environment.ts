/** Variables of those functions that declare them, where `lib/holdfast/cdk/bundles/function-entry.ts` has their needs. */
export type Variable =
  | 'ALLOW_ORIGIN'
  | 'CALLBACK_SECRETS'
  | 'DEFAULT_API_VERSION'
  | 'HISTORY_TABLE'
  | 'IDEMPOTENCY_TABLE'
  | 'PARTNER_TOKEN_URLS'
  | 'PARTNER_URLS'
  | 'RECORDS_TABLE'
  | 'STATE_MACHINES'
  | 'TOKEN_RULES'
  | 'WAITING_SEATS';

/** Reads one variable of the function's environment, which its template sets: its own, or one that every function has. */
export function environment(name: Variable | 'POWERTOOLS_SERVICE_NAME' | 'STAGE'): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`environment variable ${name} is not set; the construct of this function sets it`);
  }
  return value;
}

/** Reads one that holds JSON, of the form that the template gives it. */
export const environmentJson = <T>(name: Variable): T => JSON.parse(environment(name));

/** Reads one variable that a deployed function has, and that may be missing elsewhere. */
export const lambdaEnvironment = (name: string): string | undefined => process.env[name];
