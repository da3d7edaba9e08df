import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent, PolicyDocument } from 'aws-lambda';
import { environmentJson } from '../../aws/environment.ts';
import { errorOf, logger } from '../../aws/log.ts';
import { accessTokenVerifier, InvalidToken, type TokenRules } from '../../http/access-token.ts';

const verify = accessTokenVerifier(environmentJson<TokenRules>('TOKEN_RULES'));

/** Whom the access log names where no token says who calls. */
const NOBODY = 'unauthenticated';

/**
 * Allows a valid token the whole stage, since the gateway caches the answer for every route; the action checks the
 * scope. A token that is not valid is denied the whole stage: the gateway answers ACCESS_DENIED, which the template makes a
 * 401, and asks no more about this token until its cache forgets it. An error is for faults alone, since Lambda counts
 * each in `Errors`, by which releases are judged; the gateway files it under AUTHORIZER_CONFIGURATION_ERROR.
 * @throws Error when the issuer's keys cannot be had
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * @see https://github.com/awslabs/aws-apigateway-lambda-authorizer-blueprints/issues/21 for `Unauthorized` as an error
 */
export async function handler(event: APIGatewayTokenAuthorizerEvent): Promise<APIGatewayAuthorizerResult> {
  try {
    const { subject, tenant, client, scopes, expiresAt } = await verify(
      event.authorizationToken.replace(/^bearer +/i, ''),
    );
    return {
      principalId: subject,
      policyDocument: policy('Allow', event.methodArn),
      context: { subject, tenant, client, scopes, expiresAt: String(expiresAt) },
    };
  } catch (error) {
    if (error instanceof InvalidToken) {
      logger.info('refused', { code: 'unauthenticated', reason: String(error.cause ?? error.message) });
      return { principalId: NOBODY, policyDocument: policy('Deny', event.methodArn) };
    }
    logger.error('failed', { code: 'identity-provider-unavailable', error: errorOf(error) });
    throw new Error('the keys of the issuer cannot be had', { cause: error });
  }
}

/** `arn:aws:execute-api:region:account:api/stage/GET/payouts` → every method and path of that stage. */
const policy = (effect: 'Allow' | 'Deny', methodArn: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: effect,
      Action: 'execute-api:Invoke',
      Resource: `${methodArn.split('/').slice(0, 2).join('/')}/*`,
    },
  ],
});
