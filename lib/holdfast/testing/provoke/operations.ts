import type { Action } from '../../core/definitions/define-action.ts';
import type { Operation } from '../../core/definitions/define-operation.ts';
import { resourceId } from '../../core/values/resource-id.ts';
import { eventually } from '../scene/eventually.ts';
import { insist } from '../scene/insist.ts';
import { type Answer, freshKey } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';
import type { Asked } from './asked.ts';
import type { LocalControl } from './local-control.ts';

/** An action that starts an operation. */
export type Starting = Action & { readonly operation: Operation };

export const isStarting = (action: Action): action is Starting => action.operation !== undefined;

/** An operation whose request has been answered. */
export interface Started {
  readonly asked: Asked;
  readonly id: string;
  /** Id of its resource. */
  readonly resource: string;
}

/** Longer than anything here takes, the slowest partner's settling aside; it begins anew with each change. */
const WITHIN = { withinMs: 60_000, progress: ({ etag }: Answer) => etag };

const isOver = ({ headers }: Answer): boolean => !headers.has('Retry-After');

/** Operations of one action and one tenant, and what can be done to them from outside. */
export class Operations {
  readonly scene: Scene;
  readonly control: LocalControl;
  readonly action: Starting;
  readonly tenant: string;

  constructor(scene: Scene, control: LocalControl, action: Starting, tenant: string) {
    this.scene = scene;
    this.control = control;
    this.action = action;
    this.tenant = tenant;
  }

  /** Starts one. @param before is told the resource's id while nothing has been asked for yet */
  async start(before: (resource: string) => unknown = () => undefined): Promise<Started> {
    const { scene, action, tenant } = this;
    const { resource, from } = action;
    const key = freshKey();
    const state = scene.waysOf(resource).nearest.find((each) => from?.includes(each));
    const on = state === undefined ? undefined : await scene.bring(resource, state, { tenant });
    const id = on?.id ?? resourceId(resource.idPrefix, tenant, resource.name, key);
    await before(id);
    const asked = await scene.requestFor(action, on, { key, from: { tenant } });
    const { json } = await insist(action.name, () => scene.request('POST', asked.path, asked.sent));
    return { asked, id: String(json.id), resource: id };
  }

  /**
   * Starts one whose commands lie in their queues, so that nothing is sent for it.
   * @param use is given it, and lets its commands go on before that by `release`
   */
  async *held(
    use: (started: Started, release: () => Promise<void>) => AsyncGenerator<Asked>,
  ): AsyncGenerator<Asked> {
    const release = () => this.control.holdQueues(this.tenant, false);
    await this.control.holdQueues(this.tenant, true);
    try {
      yield* use(await this.start(), release);
    } finally {
      await release();
    }
  }

  /** Looks until an operation is as wanted, or is over. @param meanwhile is done before each look */
  until(
    { id }: Started,
    isIt: (answer: Answer) => boolean,
    meanwhile: () => unknown = () => undefined,
  ): Promise<Answer> {
    const look = async () => {
      await meanwhile();
      return this.scene.get(`/operations/${id}`, { from: { tenant: this.tenant } });
    };
    return eventually(`operation ${id} to come there`, look, (seen) => isIt(seen) || isOver(seen), WITHIN);
  }

  /** What reads one. */
  read({ id }: Started): Asked {
    return { method: 'GET', path: `/operations/${id}`, sent: { from: { tenant: this.tenant } } };
  }

  /** What cancels or resolves one. */
  post({ id }: Started, action: 'cancel' | 'resolve', body: object = {}): Asked {
    const sent = { key: freshKey(), body, from: { tenant: this.tenant } };
    return { method: 'POST', path: `/operations/${id}/${action}`, sent };
  }

  /** Moves its resource to where the operation does not hold it. */
  async moveAway({ resource: id }: Started): Promise<void> {
    const { resource, from, to } = this.action;
    const elsewhere = from?.[0] ?? resource.states.find((state) => state !== to) ?? to;
    await this.control.move(resource, this.tenant, id, elsewhere);
  }
}
