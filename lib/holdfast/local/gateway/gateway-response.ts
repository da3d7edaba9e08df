import type { ResolvedResource } from '../../template/template.ts';

/** What the gateway sends back. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Uint8Array;
}

/**
 * Errors of the gateway's own, with the status that each has unless the template sets another.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html
 */
const STATUS = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: 400,
  DEFAULT_5XX: 502,
  INTEGRATION_TIMEOUT: 504,
  MISSING_AUTHENTICATION_TOKEN: 403,
  REQUEST_TOO_LARGE: 413,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  WAF_FILTERED: 403,
} as const;

/** An error that the gateway answers itself. `DEFAULT_5XX` is that of a function which crashed or answered nonsense. */
export type GatewayErrorType = keyof typeof STATUS;

/** Names of all of them. */
export const GATEWAY_ERRORS: readonly string[] = Object.keys(STATUS);

export const isGatewayError = (name: string): name is GatewayErrorType => GATEWAY_ERRORS.includes(name);

/** An error of the gateway's own. */
export class GatewayError extends Error {
  readonly type: GatewayErrorType;

  constructor(type: GatewayErrorType) {
    super(type);
    this.type = type;
  }
}

interface Declared {
  readonly StatusCode?: string;
  readonly ResponseParameters?: Readonly<Record<string, string>>;
  readonly ResponseTemplates?: Readonly<Record<string, string>>;
}

/** Renders the gateway's own errors as the template's gateway responses say. */
export class GatewayResponses {
  readonly #declared: ReadonlyMap<string, Declared>;

  constructor(resources: readonly ResolvedResource[]) {
    this.#declared = new Map(
      resources.map(({ properties }) => [String(properties.ResponseType), properties]),
    );
  }

  render(type: GatewayErrorType, variables: Readonly<Record<string, string>>): HttpResponse {
    const fallback = STATUS[type] < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
    const {
      StatusCode,
      ResponseParameters = {},
      ResponseTemplates = {},
    } = this.#declared.get(type) ?? this.#declared.get(fallback) ?? {};
    const template = Object.values(ResponseTemplates)[0] ?? '{"message":$context.error.messageString}';
    const substitute = (text: string) =>
      text.replace(/\$?context\.([\w.]+)/g, (_, name: string) => variables[name] ?? '');
    const headers = Object.entries(ResponseParameters).map(([name, value]) => [
      name.replace('gatewayresponse.header.', ''),
      value.startsWith("'") ? value.slice(1, -1) : substitute(value),
    ]);
    return {
      status: StatusCode === undefined ? STATUS[type] : Number(StatusCode),
      headers: { 'Content-Type': 'application/json', ...Object.fromEntries(headers) },
      body: substitute(template),
    };
  }
}
