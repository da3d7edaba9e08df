import { executionsOf, type Reservation } from '../../cdk/functions/reserved-concurrency.ts';
import { nodeOf } from '../../openapi/schemas/node.ts';
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
 * A stage reserves what it wants where the account has room for it while the update is under way. Where it has not, a stage that
 * has reservations loses none unasked: the deployment is refused until the stage says `reserve: false`. Whoever may not ask for
 * the account's limits leaves it as it is deployed.
 */
export function planReservations({ wanted, stated, account, deployed }: ReservationFacts): ReservationPlan {
  const needed = executionsOf(wanted);
  if (stated === false || needed === 0) return { reserve: false };
  const reserved = reservedIn(deployed);
  const held = executionsOf(reserved);
  if (account.unreserved === undefined) return { reserve: stated ?? held > 0 };
  const kept = executionsOf(wanted.map((each) => ({ ...each, executions: keptFor(each, reserved) })));
  const room = Math.max(0, account.unreserved + kept - LEFT_UNRESERVED);
  if (room >= needed) return { reserve: true };
  const each = wanted.map(({ name, executions }) => `${name} ${executions}`).join(', ');
  const lack = `the stage reserves ${needed} executions of functions (${each}), and the account has room for ${room}, because Lambda leaves ${LEFT_UNRESERVED} to functions without a reservation`;
  const later =
    held > kept ? `; ${held - kept} that are reserved now may be free only when the update ends` : '';
  const quota = `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value ${desired(account, needed - room)}`;
  return stated || held > 0
    ? {
        reserve: true,
        refusal: `${lack}${later}; ask for more: ${quota}, or set reserve: false for the stage in lib/service.ts`,
      }
    : {
        reserve: false,
        warning: `warning: ${lack}; it is deployed without reservations, so many requests at once hold up operations that were accepted. Ask for more, and deploy again: ${quota}`,
      };
}

/** A thousand is what an account has that is not new. */
const desired = ({ executions = 0 }: ReservationFacts['account'], missing: number) =>
  Math.max(1_000, executions + missing);

/** A function of the deployed template that has executions for itself. */
type Reserved = Pick<Reservation, 'name' | 'executions'>;

/**
 * Of what a function is to have, what it holds already. Nothing else that is reserved counts as room: CloudFormation updates
 * functions in any order, and deletes those that are no longer wanted last.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html
 */
const keptFor = ({ name, executions }: Reserved, reserved: readonly Reserved[]): number =>
  Math.min(executions, executionsOf(reserved.filter((each) => each.name === name)));

/** What the deployed template reserves. */
const reservedIn = (stack: DeployedStack | undefined): readonly Reserved[] =>
  Object.values(stack?.template.Resources ?? {}).map(({ Properties, Metadata }) => ({
    name: String(nodeOf(Metadata?.holdfast).name),
    executions: Number(Properties?.ReservedConcurrentExecutions ?? 0),
  }));
