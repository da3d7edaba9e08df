import type { Action } from '../../core/definitions/define-action.ts';
import { collectionPath } from '../../core/definitions/routes.ts';
import type { ProblemCode } from '../../core/problems/problems.ts';
import { FAULT_HEADER } from '../../local/gateway/asked-fault.ts';
import type { Refused } from '../examples.ts';
import { freshKey } from '../scene/request.ts';
import type { On, Sent } from '../scene/requested.ts';
import type { Scene } from '../scene/scene.ts';
import type { Ways } from '../scene/ways.ts';
import type { Asked } from './asked.ts';

/** What refusals are provoked on: one action of a service that runs, or of one on paper, where ids are names of variables. */
export interface Ground {
  readonly action: Action;
  readonly ways: Ways;
  /**
   * A resource of its own, in this state or in one that permits the action; undefined for a create.
   * @param inputs of actions that bring it there. @default their examples
   */
  on(state?: string, inputs?: Refused['after']): Promise<On | undefined>;
  /** The action's request as its example has it, but for what is said here. */
  ask(on: On | undefined, sent: Sent): Promise<Asked>;
  read(path: string): Asked;
  key(): string;
  /** Sends what has to go before. */
  send(asked: Asked): Promise<void>;
}

/** How a refusal comes about. */
export interface Refusal {
  /** Why an action is never refused so; undefined where it is. @default every action is */
  never?(action: Action, ways: Ways): string | undefined;
  /** The request that is refused so, once all that goes before it is done. */
  asks(ground: Ground): Promise<Asked>;
}

/** The action's own request, with something wrong. */
const wrong = (sent: Sent | ((ground: Ground) => Sent)): Refusal => ({
  asks: async (ground) => ground.ask(await ground.on(), typeof sent === 'function' ? sent(ground) : sent),
});

/** What stands in the way of every request is no request's fault: the local cloud is asked to let it happen. */
const fault = (name: string): Refusal => wrong({ headers: { [FAULT_HEADER]: name } });

const reads = (path: (action: Action) => string): Refusal => ({
  asks: async ({ action, read }) => read(path(action)),
});

const never = ({ resource, name, from, versionless }: Action): string | undefined => {
  if (from === undefined) return `${name} makes a ${resource.singular}: there is none before it`;
  return versionless ? `${name} needs no version` : undefined;
};

/** States in which an action is refused, and a resource can be brought to stand. */
const closed = ({ from = [] }: Action, ways: Ways) => ways.nearest.filter((state) => !from.includes(state));

/** The first answer once more; no refusal, and what every client must know. */
export const replay: Refusal = {
  async asks(ground) {
    const asked = await ground.ask(await ground.on(), { key: ground.key() });
    await ground.send(asked);
    return asked;
  },
};

/** How each code of the kit's table comes about; a sentence where nothing is answered by it. */
export const REFUSALS: Readonly<Record<ProblemCode, Refusal | string>> = {
  unauthenticated: wrong({ token: undefined }),
  'insufficient-scope': wrong(({ action }) => ({ from: { scopes: `${action.resource.name}:read` } })),
  'access-denied': fault('WAF_FILTERED'),
  'unsupported-media-type': wrong({ headers: { 'Content-Type': 'text/plain' } }),
  'request-too-large': wrong({ body: 'x'.repeat(262_145) }),
  'malformed-request': wrong({ body: '{"note":' }),
  'invalid-query': reads(({ resource }) => `${collectionPath(resource)}?limit=0`),
  'idempotency-key-missing': wrong({ key: undefined }),
  'idempotency-key-invalid': wrong({ key: 'two words' }),
  'idempotency-key-reused': {
    async asks(ground) {
      const on = await ground.on();
      const key = ground.key();
      await ground.send(await ground.ask(on, { key }));
      return ground.ask(on, { key, from: { subject: 'somebody-else' } });
    },
  },
  'unknown-api-version': wrong({ headers: { 'API-Version': '1999-01-01' } }),
  'invalid-input': wrong({ body: { 'no-such-member': 1 } }),
  'not-found': {
    never: (action) => (action.from === undefined ? never(action) : undefined),
    asks: async ({ ask, action: { resource } }) =>
      ask({ id: `${resource.idPrefix}_${'0'.repeat(26)}`, etag: '"1-gone"' }, {}),
  },
  'route-not-found': reads(() => '/no-such-route'),
  'version-required': { never, ...wrong({ ifMatch: undefined }) },
  'version-mismatch': { never, ...wrong({ ifMatch: '"1-gone"' }) },
  'illegal-transition': {
    never: (action, ways) =>
      (action.from === undefined ? never(action) : undefined) ??
      (closed(action, ways).length === 0 ? `${action.name} may be done in every state` : undefined),
    asks: async (ground) => ground.ask(await ground.on(closed(ground.action, ground.ways)[0]), {}),
  },
  'too-many-requests': fault('THROTTLED'),
  'temporarily-unavailable': fault('DynamoDB.ThrottlingException'),
  'identity-provider-unavailable': fault('AUTHORIZER_FAILURE'),
  'authorizer-misconfigured':
    'no release answers it any more; clients of a live version were promised it, and may look it up',
  'api-misconfigured': fault('API_CONFIGURATION_ERROR'),
  'bad-gateway': fault('DEFAULT_5XX'),
  'gateway-timeout': fault('INTEGRATION_TIMEOUT'),
  'request-refused': fault('DEFAULT_4XX'),
  'internal-error': fault('DynamoDB.ValidationException'),
};

/** The ground of a service that runs: everything is done in one tenant. */
export function liveGround(scene: Scene, action: Action, tenant: string): Ground {
  const { resource, from } = action;
  const ways = scene.waysOf(resource);
  return {
    action,
    ways,
    async on(state = ways.nearest.find((each) => from?.includes(each)), inputs) {
      if (from === undefined || state === undefined) return undefined;
      return scene.bring(resource, state, { tenant }, inputs);
    },
    ask: (on, sent) => scene.requestFor(action, on, { ...sent, from: { tenant, ...sent.from } }),
    read: (path) => ({ method: 'GET', path, sent: { from: { tenant } } }),
    key: freshKey,
    async send({ method, path, sent }) {
      await scene.request(method, path, sent);
    },
  };
}

/** The ground of a service that does not run: nothing is done, and what would come of it are names of variables. */
export const paperGround = (scene: Scene, action: Action): Ground => ({
  action,
  ways: scene.waysOf(action.resource),
  on: async () => (action.from === undefined ? undefined : { id: '$ID', etag: '$ETAG' }),
  ask: async (on, sent) => scene.paperRequestFor(action, on, { key: '$KEY', ...sent }),
  read: (path) => ({ method: 'GET', path, sent: {} }),
  key: () => '$KEY',
  send: async () => undefined,
});
