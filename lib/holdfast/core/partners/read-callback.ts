import { memberAt } from '../values/member-at.ts';
import { parseJsonOfPartner } from '../values/strict-json.ts';
import { type Reading, readAnswer } from './answers.ts';
import { callbackAnswers, type Partner } from './define-partner.ts';

/** Ours have 35 characters at most. */
const MAX_REFERENCE_LENGTH = 64;

/** What a verified callback says; its outcome is final or not: `pending` and `unknown` are no last word. */
export interface PartnerCallback extends Reading {
  /** Ours, of the command that it is about. */
  readonly reference: string;
}

/**
 * Reads the body of a verified callback by what its partner declares.
 * @throws Error for a body that is none of the partner's; its message holds nothing of the body
 */
export function readCallback(partner: Partner, bytes: Uint8Array): PartnerCallback {
  const body = bodyOf(bytes);
  const reference = memberAt(body, partner.callback?.reference ?? '');
  if (typeof reference !== 'string' || reference === '' || reference.length > MAX_REFERENCE_LENGTH)
    throw new Error('it names no command');
  const reading = readAnswer(callbackAnswers(partner), { status: 200, content: 'json', body }, 'callback');
  return { reference, ...reading };
}

function bodyOf(bytes: Uint8Array) {
  try {
    return parseJsonOfPartner(bytes);
  } catch {
    // The parser's own message quotes the body.
    throw new Error('it is not JSON that every reader reads the same');
  }
}
