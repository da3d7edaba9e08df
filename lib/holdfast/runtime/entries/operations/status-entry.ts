import registered from '@operations';
import { publicPartners, type ReadPartner, statusBody } from '../../../core/operations/partner-status.ts';
import { answered } from '../../aws/dynamodb.ts';
import { json } from '../../http/answer.ts';
import { httpFunction } from '../../http/http-function.ts';
import { openUntil } from '../../partners/partner-gate.ts';

/** No token guards the table from being read for each request: what was read, or could not be, is told again for so long. */
const FRESH_SECONDS = 10;

const partners = publicPartners(registered);

let kept: { readonly at: number; readonly read: Promise<readonly ReadPartner[]> } | undefined;

/** Which partners are left alone, and until when: no more than that, since it is open to all. */
export const handler = httpFunction([], async () => {
  const now = Date.now();
  if (kept === undefined || now - kept.at >= FRESH_SECONDS * 1000) kept = { at: now, read: readAll() };
  const { at, read } = kept;
  return json(statusBody(await read, at, now), { 'Cache-Control': `public, max-age=${FRESH_SECONDS}` });
});

/**
 * One partner after the other, so that where a read fails no other one is still under way when the function has answered.
 * @throws Problem `temporarily-unavailable`
 */
async function readAll(): Promise<readonly ReadPartner[]> {
  const read: ReadPartner[] = [];
  for (const partner of partners) read.push({ ...partner, openUntil: await answered(openUntil(partner)) });
  return read;
}
