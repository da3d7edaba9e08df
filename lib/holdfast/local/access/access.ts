import type { StackTemplate } from '../../cdk/templates/templates.ts';
import { type AccessRequest, policyEvaluation, type Verdict } from '../../template/policy-evaluation.ts';
import { readRoles, roleIdOf } from '../../template/roles.ts';
import { ACCOUNT, REGION, resolveResources } from '../../template/template.ts';
import { type TableKeys, tableKeys } from '../dynamodb/dynamodb-limits.ts';
import { Refusal } from '../dynamodb/refusal.ts';
import { TABLE_TYPES } from '../dynamodb/tables.ts';
import { readFunctions } from '../functions/functions.ts';
import { type PartitionKeys, partitionKeys } from './access-request.ts';

/** A function or a state machine: its session of its role, and what the role's policies say. */
interface Caller {
  readonly name: string;
  readonly arn: string;
  readonly ask: (request: AccessRequest) => Verdict;
}

/**
 * Allows what the policies in the templates allow, and nothing else: a grant that is missing is missed on this machine
 * first.
 */
export class Access {
  readonly #print: (line: string) => void;
  #callers: ReadonlyMap<string, Caller> = new Map();
  #keys: PartitionKeys = new Map();
  #tables: ReadonlyMap<string, TableKeys> = new Map();

  /** @param print one line for a person, for each call that is refused */
  constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** Of the tables in the templates. */
  get keys(): PartitionKeys {
    return this.#keys;
  }

  /** Keys of the tables and of their indexes, for limits. */
  get tables(): ReadonlyMap<string, TableKeys> {
    return this.#tables;
  }

  /**
   * Knows these roles and tables from now on.
   * @throws Error for a policy that cannot be evaluated here
   */
  update(stacks: readonly StackTemplate[]): void {
    const roles = readRoles(stacks);
    const caller = (name: string, role: string, session: string): Caller => ({
      name,
      arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`,
      ask: policyEvaluation(roles.get(role)?.statements ?? []),
    });
    const functions = readFunctions(stacks).map(({ entry, resource: { logicalId, properties } }) => {
      return [logicalId, caller(entry.name, roleIdOf(properties.Role), logicalId)] as const;
    });
    const machines = resolveResources(stacks, ['AWS::StepFunctions::StateMachine']).map(
      ({ logicalId, properties }) => {
        const name = String(properties.StateMachineName ?? logicalId);
        return [
          `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${name}`,
          caller(`state machine ${name}`, roleIdOf(properties.RoleArn), name),
        ] as const;
      },
    );
    this.#callers = new Map([...functions, ...machines]);
    const tables = resolveResources(stacks, TABLE_TYPES);
    this.#keys = partitionKeys(tables);
    this.#tables = tableKeys(tables);
  }

  /**
   * Passes what the caller's role allows.
   * @param id logical id of a function, or ARN of a state machine
   * @param requests undefined for an operation that the local cloud cannot read
   * @throws Refusal in the words of AWS
   */
  authorize(id: string, operation: string, requests: readonly AccessRequest[] | undefined): void {
    const caller = this.#callers.get(id);
    if (caller === undefined)
      throw new Refusal(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
      );
    if (requests === undefined) {
      const remedy =
        'the local cloud cannot tell what it touches; teach it to lib/holdfast/local/access/access-request.ts';
      throw this.#refusal(caller, { action: operation, resource: '*' }, remedy, remedy);
    }
    for (const request of requests) {
      const verdict = caller.ask(request);
      if (verdict === 'allowed') continue;
      const why =
        verdict === 'denied'
          ? 'with an explicit deny in an identity-based policy'
          : `because no identity-based policy allows the ${request.action} action`;
      throw this.#refusal(
        caller,
        request,
        why,
        'its role does not allow it, here as on AWS; declare it in lib/holdfast/cdk/bundles/function-entry.ts',
      );
    }
  }

  #refusal({ name, arn }: Caller, request: AccessRequest, why: string, remedy: string): Refusal {
    const { action, resource, leadingKeys } = request;
    const keys = leadingKeys === undefined ? '' : ` under key ${leadingKeys.join()}`;
    this.#print(`DENIED ${name}: ${action} on ${resource}${keys}: ${remedy}`);
    return new Refusal(
      'AccessDeniedException',
      `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`,
    );
  }
}
