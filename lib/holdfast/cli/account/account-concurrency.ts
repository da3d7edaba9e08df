import { GetAccountSettingsCommand, type LambdaClient } from '@aws-sdk/client-lambda';

/** Below it, few clients at once are many: a wait, an authorizer and a consumer each take an execution. */
const FEW = 100;

/** What is known of the executions that an account may have at once in a region. */
export interface AccountConcurrency {
  /** @default unknown, to whoever may not ask */
  readonly executions?: number;
  /** Those that no function has for itself. @default unknown, to whoever may not ask */
  readonly unreserved?: number;
  /** One sentence with the remedy. @default there is nothing to warn of */
  readonly warning?: string;
}

/**
 * The quota *Concurrent executions* of Lambda, as the account has it: 1,000 in most, 10 in many a new one.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export async function accountConcurrency(client: LambdaClient): Promise<AccountConcurrency> {
  const region = await client.config.region();
  try {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    const executions = AccountLimit?.ConcurrentExecutions;
    if (executions === undefined) return {};
    const unreserved = AccountLimit?.UnreservedConcurrentExecutions;
    const known = { executions, ...(unreserved !== undefined && { unreserved }) };
    if (executions >= FEW) return known;
    return {
      ...known,
      warning: `warning: the account may have ${executions} executions of functions at once in ${region}, which all its functions share, so that none can be reserved; beyond them requests are answered 504 or 500 and are to be retried. Ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000`,
    };
  } catch (error) {
    if (!(error instanceof Error && /AccessDenied|NotAuthorized/.test(error.name))) throw error;
    return {
      warning: `warning: how many executions of functions the account may have at once in ${region} is not known, since lambda:GetAccountSettings is not allowed; waits are sized by concurrency in lib/service.ts, and executions stay reserved where they are, unless it has reserve`,
    };
  }
}
