import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { stageConfig } from '../service/config.ts';
import { namePrefixOf } from '../service/define-service.ts';
import { service } from '../service/project.ts';
import { deployedOutputs } from './account/deployed.ts';

/**
 * An access token for a deployed stage that has a user pool of its own, got as its client gets one (RFC 6749 4.4).
 * @param client name of the client; the first of the stage's, if it is left out
 * @throws Error that says what is missing, and what to do
 */
export async function stageToken(stage: string, client: string | undefined): Promise<string> {
  const { identity } = stageConfig(stage);
  if (identity !== undefined)
    throw new Error(`tokens for stage ${stage} are those of ${identity.issuer}; get one there`);
  const outputs = await deployedOutputs(
    new CloudFormationClient({}),
    `${namePrefixOf(stage, service)}-state`,
  );
  if (outputs === undefined)
    throw new Error(`stage ${stage} is not deployed here; npm run deploy -- --stage ${stage}`);
  const ids: Record<string, string> = JSON.parse(outputs.Clients ?? '{}');
  const name = client ?? Object.keys(ids)[0] ?? '';
  const ClientId = ids[name];
  if (ClientId === undefined) {
    throw new Error(`stage ${stage} has no client '${name}'; choose from ${Object.keys(ids).join(', ')}`);
  }
  const { UserPoolClient } = await new CognitoIdentityProviderClient({}).send(
    new DescribeUserPoolClientCommand({ UserPoolId: outputs.UserPoolId, ClientId }),
  );
  const credentials = Buffer.from(`${ClientId}:${UserPoolClient?.ClientSecret}`).toString('base64');
  const response = await fetch(outputs.TokenUrl ?? '', {
    method: 'POST',
    headers: { Authorization: `Basic ${credentials}`, 'Content-Type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  }).catch((cause: Error) => {
    throw new Error(`${outputs.TokenUrl} cannot be reached: ${cause.cause ?? cause.message}`, { cause });
  });
  const answer: { access_token?: string; error?: string } = JSON.parse(await response.text());
  const { access_token: token, error } = answer;
  if (token === undefined) throw new Error(`${outputs.TokenUrl} answered ${response.status} ${error ?? ''}`);
  return token;
}
