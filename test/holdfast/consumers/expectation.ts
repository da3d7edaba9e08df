import { MatchersV3, type PactV4 } from '@pact-foundation/pact';
import { API_VERSION, type Client, createClient } from '../../../lib/recorded/client.ts';
import type { StateName } from './provider-states.ts';

const { fromProviderState, regex } = MatchersV3;

/** What stands for values that the provider's state fills in when the service is asked. */
export const EXAMPLE = {
  id: 'po_hkkecssdchqc6bmxzcww6eh1rv',
  operationId: 'op_4a848rgd26rk71dpfmbsr2y3nj',
  etag: '"2-C9_h"',
  key: '3f6c1c5e-3d0b-4f5e-9a7e-0f7d6a1f9c11',
  token: 'token',
} as const;

/** What a consumer sends, and what it needs of the answer: no more than it reads. */
export interface Expectation {
  /** What it does, to be read after its name. */
  readonly upon: string;
  readonly given: StateName;
  /** The call that it makes, by the typed client. */
  readonly call: (client: Client) => Promise<object>;
  readonly request: {
    readonly method: 'GET' | 'POST';
    /** With `{id}` or `{operationId}` where the state fills it in. */
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly ifMatch?: boolean;
    /** Whether the key is that of the state, and not one that the client made. */
    readonly sameKey?: boolean;
    readonly body?: object;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Readonly<Record<string, ReturnType<typeof regex> | string>>;
    readonly body: object;
  };
  /** What the call comes to, as far as the consumer reads it. */
  readonly comesTo: object;
}

/** `{id}` is that of the state when the service is asked, and that of the example until then. */
const filledIn = (template: string) =>
  fromProviderState(
    template.replace(/\{/g, '$${'),
    template.replace(/\{(\w+)\}/g, (_, name: keyof typeof EXAMPLE) => EXAMPLE[name]),
  );

/** Lets the consumer make its call to Pact's mock of the service, which writes the expectation down if it is met. */
export function meet(pact: PactV4, { upon, given, call, request, response }: Expectation) {
  const { method, path, query, ifMatch, sameKey, body } = request;
  const key = sameKey ? filledIn('{key}') : regex(/^[!-~]{1,255}$/, `key of: ${upon}`.replaceAll(' ', '-'));
  return pact
    .addInteraction()
    .given(given)
    .uponReceiving(upon)
    .withRequest(method, filledIn(path), (builder) => {
      builder.headers({
        Authorization: filledIn('Bearer {token}'),
        'API-Version': API_VERSION,
        ...(method === 'POST' && { 'Content-Type': 'application/json', 'Idempotency-Key': key }),
        ...(ifMatch && { 'If-Match': filledIn('{etag}') }),
      });
      if (query) builder.query({ ...query });
      if (body) builder.jsonBody(body);
    })
    .willRespondWith(response.status, (builder) => {
      const type = response.status < 400 ? 'application/json' : 'application/problem+json';
      builder.headers({ 'Content-Type': type, ...response.headers });
      builder.jsonBody(response.body);
    })
    .executeTest(({ url }) => call(createClient({ baseUrl: url, token: EXAMPLE.token, deadlineMs: 30_000 })));
}
