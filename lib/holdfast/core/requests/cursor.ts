import { createHash } from 'node:crypto';

/** Where a page ends: the last item that was shown. */
export interface Position {
  /** RFC 3339, UTC, as stored. */
  readonly createdAt: string;
  readonly id: string;
}

/** What a cursor belongs to. */
export interface CursorScope {
  readonly tenant: string;
  readonly resource: string;
  readonly filter: string;
}

const POSITION = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z)\/(\w{1,64})$/;

/** What binds a position to where it was given. */
export const seal = (scope: CursorScope, position: string) =>
  createHash('sha256')
    .update(JSON.stringify([scope.tenant, scope.resource, scope.filter, position]))
    .digest('base64url')
    .slice(0, 16);

/**
 * An opaque cursor, bound to tenant and filter. It holds a position and no key: keys are made from the caller's own
 * tenant, so that even a cursor with a seal of its maker's could lead nowhere else.
 */
export function encodeCursor(scope: CursorScope, { createdAt, id }: Position): string {
  const position = Buffer.from(`${createdAt}/${id}`).toString('base64url');
  return `${position}.${seal(scope, position)}`;
}

/** The position of a cursor, or undefined for one that was not given for this tenant and filter. */
export function decodeCursor(scope: CursorScope, cursor: string): Position | undefined {
  const [position = '', sealed, ...rest] = cursor.split('.');
  if (rest.length > 0 || sealed !== seal(scope, position)) return undefined;
  // Whoever knows how it is made can make one: what it leads to is as short as what a list gives.
  const [, createdAt, id] = POSITION.exec(Buffer.from(position, 'base64url').toString()) ?? [];
  return createdAt === undefined || id === undefined ? undefined : { createdAt, id };
}
