import { ACCOUNT, REGION } from '../../template/template.ts';
import { FunctionError } from '../functions/execution-environment.ts';
import { GatewayError } from './gateway-response.ts';

/** A TOKEN authorizer of the template. */
export interface AuthorizerDefinition {
  readonly functionName: string;
  /** Lower case name of the header that holds the token. */
  readonly header: string;
  readonly validation: RegExp | undefined;
  readonly ttlMs: number;
}

/** What an authorizer passes on to the function. */
export type AuthorizerContext = Readonly<Record<string, string>>;

interface Policy {
  readonly principalId?: unknown;
  readonly policyDocument?: { readonly Statement?: readonly Statement[] };
  readonly context?: Readonly<Record<string, unknown>>;
}

interface Statement {
  readonly Effect: string;
  readonly Resource: string | readonly string[];
}

/** ARN of a method as policies name it. */
export const methodArn = (stage: string, method: string, path: string): string =>
  `arn:aws:execute-api:${REGION}:${ACCOUNT}:local/${stage}/${method}${path}`;

/** Calls the authorizer's function as API Gateway does, and remembers its answer for each token. */
export class Authorizer {
  readonly #definition: AuthorizerDefinition;
  readonly #invoke: (functionName: string, event: string) => Promise<string>;
  readonly #remembered = new Map<string, { readonly policy: Policy; readonly until: number }>();

  constructor(
    definition: AuthorizerDefinition,
    invoke: (functionName: string, event: string) => Promise<string>,
  ) {
    this.#definition = definition;
    this.#invoke = invoke;
  }

  /**
   * Authorizes one request.
   * @throws GatewayError of the type that API Gateway would answer with
   */
  async authorize(headers: Readonly<Record<string, string>>, arn: string): Promise<AuthorizerContext> {
    const { header, validation } = this.#definition;
    const token = Object.entries(headers).find(([name]) => name.toLowerCase() === header)?.[1];
    if (!token || (validation !== undefined && !validation.test(token)))
      throw new GatewayError('UNAUTHORIZED');
    const { principalId, policyDocument, context = {} } = await this.#policy(token, arn);
    if (!allows(policyDocument?.Statement ?? [], arn)) throw new GatewayError('ACCESS_DENIED');
    const values = Object.entries(context).map(([name, value]) => [name, String(value)]);
    return { principalId: String(principalId), ...Object.fromEntries(values) };
  }

  async #policy(token: string, arn: string): Promise<Policy> {
    const now = Date.now();
    const remembered = this.#remembered.get(token);
    if (remembered !== undefined && remembered.until > now) return remembered.policy;
    const policy = await this.#ask(token, arn);
    if (!isWellFormed(policy)) throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR');
    this.#remembered.set(token, { policy, until: now + this.#definition.ttlMs });
    return policy;
  }

  async #ask(token: string, arn: string): Promise<Policy> {
    const event = JSON.stringify({ type: 'TOKEN', authorizationToken: token, methodArn: arn });
    try {
      return JSON.parse(await this.#invoke(this.#definition.functionName, event));
    } catch (error) {
      // AWS files whatever else an authorizer throws, and one that it cannot call, under its configuration.
      const refused = error instanceof FunctionError && error.message === 'Unauthorized';
      throw new GatewayError(refused ? 'UNAUTHORIZED' : 'AUTHORIZER_CONFIGURATION_ERROR');
    }
  }
}

function isWellFormed(policy: Policy | null): policy is Policy {
  const scalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
  return (
    typeof policy?.principalId === 'string' &&
    Array.isArray(policy.policyDocument?.Statement) &&
    Object.values(policy.context ?? {}).every(scalar)
  );
}

/** A deny wins over an allow; `*` and `?` are wildcards. */
function allows(statements: readonly Statement[], arn: string): boolean {
  const effects = statements.filter(({ Resource }) =>
    [Resource].flat().some((pattern) => glob(pattern).test(arn)),
  );
  return effects.some(({ Effect }) => Effect === 'Allow') && !effects.some(({ Effect }) => Effect === 'Deny');
}

const glob = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
