import { setTimeout as delay } from 'node:timers/promises';
import type { StoredResource } from '../../../core/definitions/representation.ts';
import { idParameter } from '../../../core/definitions/routes.ts';
import { isFinal } from '../../../core/operations/operation-progress.ts';
import { operationIn, operations, RETRY_AFTER_SECONDS } from '../../../core/operations/operations.ts';
import { weakMatch } from '../../../core/requests/entity-tag.ts';
import { tagOf, type View } from '../../../core/requests/view.ts';
import { deadlineMs } from '../../aws/deadline.ts';
import { type Answer, json } from '../../http/answer.ts';
import { viewOf } from '../../http/api-version.ts';
import { readFunction } from '../../http/read-function.ts';
import { MAX_WAIT_SECONDS, seated } from '../../operations/waiting-seats.ts';
import { requireItem } from '../../records/records.ts';

/** How often a request that waits looks again. */
const LOOK_MS = 500;

/**
 * One operation of the caller's tenant; with `Prefer: wait=N` (RFC 7240) it is answered when it has changed, or ended. When
 * too many wait already, it is answered at once.
 */
export const handler = readFunction(operations.name, async (request, context) => {
  const view = viewOf(request, []);
  const id = request.pathParameter(idParameter(operations));
  request.logged.operationId = id;
  const known = request.header('If-None-Match');
  const until = Math.min(Date.now() + waitSeconds(request.header('Prefer')) * 1000, deadlineMs(context));
  const load = () => requireItem(operations, request.caller.tenant, id);
  let { stored } = await load();
  const waits = () =>
    Date.now() + LOOK_MS <= until &&
    !isFinal(stored.state) &&
    (known === undefined || weakMatch(known, tagOf(view, stored)));
  if (waits()) {
    await seated(request.caller.tenant, async () => {
      while (waits()) {
        await delay(LOOK_MS);
        ({ stored } = await load());
      }
    });
  }
  return answer(view, stored, known);
});

function waitSeconds(prefer = ''): number {
  const [, seconds = '0'] = /(?:^|[,;\s])wait=(\d{1,4})/.exec(prefer) ?? [];
  return Math.min(Number(seconds), MAX_WAIT_SECONDS);
}

function answer(view: View, stored: StoredResource, known: string | undefined): Answer {
  const ETag = tagOf(view, stored);
  const whole = json(operationIn(view.version, stored), {
    ETag,
    ...(!isFinal(stored.state) && { 'Retry-After': String(RETRY_AFTER_SECONDS) }),
  });
  return weakMatch(known, ETag) ? { ...whole, status: 304, body: '' } : whole;
}
