import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { problemHeaders, problemMembers } from '../../core/problems/problem-details.ts';
import { type ProblemCode, problems } from '../../core/problems/problems.ts';
import { requestUrn } from '../../core/problems/service-names.ts';
import { responseHeaders } from '../../core/requests/response-headers.ts';
import { GATEWAY_DEFAULTS, GATEWAY_PROBLEMS } from '../../openapi/problems/gateway-problems.ts';
import type { StageConfig } from '../../service/config.ts';

const literal = (value: string) => `'${value}'`;

/** Gives each error of the gateway itself the shape that every other error has. */
export function addGatewayResponses(api: RestApi, config: StageConfig): void {
  const { prefix } = config.service;
  const add = (name: string, code: ProblemCode, ownStatus: boolean) => {
    const row = problems[code];
    const { status, ...members } = problemMembers(code, row, { prefix, base: config.basePath });
    const headers = { ...responseHeaders(config.allowOrigin), ...problemHeaders(row, prefix) };
    api.addGatewayResponse(`Gateway${name}`, {
      type: ResponseType.of(name),
      ...(ownStatus && { statusCode: String(status) }),
      responseHeaders: Object.fromEntries(
        Object.entries(headers).map(([header, value]) => [header, literal(value)]),
      ),
      templates: {
        'application/json': JSON.stringify({
          ...members,
          ...(ownStatus && { status }),
          instance: requestUrn(prefix, '$context.requestId'),
        }),
      },
    });
  };
  for (const [name, code] of Object.entries(GATEWAY_PROBLEMS)) add(name, code, true);
  for (const [name, code] of Object.entries(GATEWAY_DEFAULTS)) add(name, code, false);
}
