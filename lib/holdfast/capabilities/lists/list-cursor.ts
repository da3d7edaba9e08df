import { type CursorScope, seal } from '../../core/requests/cursor.ts';

/** An opaque cursor, bound to tenant, list, values and bounds. It holds the order of the last item, and no key. */
export function listCursor(scope: CursorScope, order: string): string {
  const position = Buffer.from(order).toString('base64url');
  return `${position}.${seal(scope, position)}`;
}

/** The order that a cursor holds; undefined for one that was not given for this list. */
export function positionIn(
  scope: CursorScope,
  cursor: string,
  [low, high]: readonly [low: string, high: string],
): string | undefined {
  const [position = '', sealed, ...rest] = cursor.split('.');
  if (rest.length > 0 || sealed !== seal(scope, position)) return undefined;
  const order = Buffer.from(position, 'base64url').toString();
  // Whoever knows how it is made can make one, and the store fails on a place outside of what it is asked for.
  return /^[\d:.TZ-]{1,24}#\w{1,64}$/.test(order) && order >= low && order <= high ? order : undefined;
}
