import type { Action } from '../../core/definitions/define-action.ts';
import { actionPath, idParameter } from '../../core/definitions/routes.ts';
import { freshKey } from './request.ts';
import type { Sent, Standing } from './scene.ts';

/** A request for an action, and where it goes. */
export interface Requested {
  readonly method: 'POST';
  readonly path: string;
  readonly sent: Sent;
}

/**
 * The request for an action on a resource, with a key of its own and the version that stands, where nothing else is said.
 * @param by who sends it. @default whoever sends those that name nobody
 */
export const requested = (
  action: Action,
  on: Pick<Standing, 'id' | 'etag'> | undefined,
  by: string | undefined,
  { from, ...sending }: Sent,
): Requested => ({
  method: 'POST',
  path: actionPath(action).replace(`{${idParameter(action.resource)}}`, on?.id ?? ''),
  sent: {
    key: freshKey(),
    ...(on !== undefined && action.from !== undefined && { ifMatch: on.etag }),
    ...sending,
    from: { ...(by !== undefined && { subject: by }), ...from },
  },
});
