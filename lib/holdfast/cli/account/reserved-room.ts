import { executionsOf, type Reservation } from '../../cdk/functions/reserved-concurrency.ts';
import type { AccountConcurrency } from './account-concurrency.ts';
import type { DeployedStack } from './deployed.ts';

/**
 * Executions that Lambda leaves to functions without a reservation; a deployment that would leave fewer fails.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
 */
const LEFT_UNRESERVED = 100;

/** What a stage's reservations are planned from. */
export interface ReservationFacts {
  readonly wanted: readonly Reservation[];
  /** `reserve` in `lib/service.ts`. @default the account decides */
  readonly stated?: boolean | undefined;
  readonly account: Pick<AccountConcurrency, 'executions' | 'unreserved'>;
  /** The service stack, if it stands. */
  readonly deployed?: DeployedStack | undefined;
}

/** Whether a stage reserves executions: all that it wants, or none. */
export interface ReservationPlan {
  readonly reserve: boolean;
  /** @default there is nothing to warn of */
  readonly warning?: string;
  /** Why the deployment may not come. @default it may */
  readonly refusal?: string;
}

/**
 * A stage reserves what it wants where the account has room for it. What it has reserved already counts as room, so that the
 * next deployment decides likewise. Whoever may not ask for the account's limits leaves it as it is deployed.
 */
export function planReservations({ wanted, stated, account, deployed }: ReservationFacts): ReservationPlan {
  const needed = executionsOf(wanted);
  if (stated === false || needed === 0) return { reserve: false };
  const own = reservedIn(deployed);
  if (account.unreserved === undefined) return { reserve: stated ?? own > 0 };
  const room = Math.max(0, account.unreserved + own - LEFT_UNRESERVED);
  if (room >= needed) return { reserve: true };
  const each = wanted.map(({ name, executions }) => `${name} ${executions}`).join(', ');
  const lack = `the stage reserves ${needed} executions of functions (${each}), and the account has room for ${room}, because Lambda leaves ${LEFT_UNRESERVED} to functions without a reservation`;
  const quota = `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${desired(account, needed - room)}`;
  return stated
    ? {
        reserve: true,
        refusal: `${lack}; ask for more: ${quota}, or take reserve: true out of the stage in lib/service.ts`,
      }
    : {
        reserve: false,
        warning: `warning: ${lack}; it is deployed without reservations, so many requests at once hold up operations that were accepted. Ask for more, and deploy again: ${quota}`,
      };
}

/** A thousand is what an account has that is not new. */
const desired = ({ executions = 0 }: ReservationFacts['account'], missing: number) =>
  Math.max(1_000, executions + missing);

/** What the deployed template reserves. */
const reservedIn = (stack: DeployedStack | undefined): number =>
  Object.values(stack?.template.Resources ?? {})
    .map(({ Properties }) => Number(Properties?.ReservedConcurrentExecutions ?? 0))
    .reduce((sum, executions) => sum + executions, 0);
