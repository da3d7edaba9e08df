import type { Action } from '../../core/definitions/define-action.ts';
import { actionPath, idParameter } from '../../core/definitions/routes.ts';
import { freshKey, type Sending } from './request.ts';

/** Whom a request is from. */
export interface Person {
  /** @default `alice` */
  readonly subject?: string | undefined;
  /** @default one for all of the suite */
  readonly tenant?: string;
  /** @default every scope that the service has */
  readonly scopes?: string;
}

/** A request, and whom it is from. */
export type Sent = Sending & { readonly from?: Person };

/** What a request is done on. */
export interface On {
  readonly id: string;
  readonly etag: string;
}

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
  on: On | undefined,
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
