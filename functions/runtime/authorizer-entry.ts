import { Logger } from '@aws-lambda-powertools/logger';
import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, Statement } from 'aws-lambda';
import { accessTokenVerifier, InvalidToken, type TokenRules } from './access-token.ts';
import { environment } from './environment.ts';

const logger = new Logger();

const verify = accessTokenVerifier(JSON.parse(environment('TOKEN_RULES')) as TokenRules);

/**
 * Allows a valid token the whole stage, since the gateway caches the answer for every route; the action checks the
 * scope. A message other than `Unauthorized` is AUTHORIZER_FAILURE to the gateway, which answers it with 503.
 */
export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  try {
    const { subject, tenant, scopes, expiresAt } = await verify(
      event.authorizationToken.replace(/^bearer +/i, ''),
    );
    return {
      principalId: subject,
      policyDocument: { Version: '2012-10-17', Statement: [allow(event.methodArn)] },
      context: { subject, tenant, scopes, expiresAt: String(expiresAt) },
    };
  } catch (error) {
    if (error instanceof InvalidToken) {
      logger.info('refused', { code: 'unauthenticated', reason: String(error.cause ?? error.message) });
      throw new Error('Unauthorized');
    }
    logger.error('failed', { code: 'identity-provider-unavailable', error: error as Error });
    throw new Error('the keys of the issuer cannot be had', { cause: error });
  }
}

/** `arn:aws:execute-api:region:account:api/stage/GET/payouts` → every method and path of that stage. */
const allow = (methodArn: string): Statement => ({
  Effect: 'Allow',
  Action: 'execute-api:Invoke',
  Resource: `${methodArn.split('/').slice(0, 2).join('/')}/*`,
});
