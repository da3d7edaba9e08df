import { clientScopes } from '../../cdk/api/identity.ts';
import type { StackTemplate } from '../../cdk/templates/templates.ts';
import { wildcardOf } from '../../core/definitions/scopes.ts';
import type { StageConfig } from '../../service/config.ts';

/**
 * Why a release may not take scopes from a deployed client: its settings do not state any, so nobody has decided it. For each
 * such client one sentence, with the remedy.
 * @param deployed the templates that are deployed
 * @param all every scope there is
 */
export function narrowedClients(
  deployed: readonly StackTemplate[],
  { userPool, stage }: StageConfig,
  all: readonly string[],
): readonly string[] {
  if (userPool === undefined) return [];
  const held = deployedScopes(deployed);
  return Object.entries(userPool.clients).flatMap(([name, client]) => {
    if (client.scopes !== undefined) return [];
    const granted = clientScopes(name, client, all);
    const lost = (held.get(name) ?? []).filter(
      (scope) => !granted.includes(scope) && !granted.includes(wildcardOf(scope)),
    );
    if (lost.length === 0) return [];
    return [
      `client '${name}' of stage ${stage} would lose ${lost.join(', ')}: a client whose scopes are not stated may only read; state them in lib/service.ts, as in userPool: { clients: { ${name}: { tenant: '${client.tenant}', scopes: [${lost.map((scope) => `'${scope}'`).join(', ')}] } } }`,
    ];
  });
}

/** Scopes of each deployed client, by its name. */
function deployedScopes(templates: readonly StackTemplate[]): ReadonlyMap<string, readonly string[]> {
  const clients = templates
    .flatMap(({ template }) => Object.values(template.Resources))
    .filter(({ Type }) => Type === 'AWS::Cognito::UserPoolClient');
  return new Map(
    clients.map(({ Properties }) => {
      const { ClientName, AllowedOAuthScopes = [] } = Properties ?? {};
      // `{resource server}/payouts:*`, whose first part is a reference.
      const scopes = [AllowedOAuthScopes]
        .flat()
        .map((scope) => /\/([^"/]+)"/.exec(JSON.stringify(scope))?.[1] ?? '');
      return [String(ClientName ?? ''), scopes];
    }),
  );
}
