import { type Answer, freshKey, type Sending, send } from '../../../lib/holdfast/testing/scene/request.ts';

export { type Answer, freshKey, type Sending, send };

/** A payout's input that nothing is wrong with. */
export const draft = (value = '1250.00') => ({
  amount: { currency: 'EUR', value },
  beneficiary: { name: 'Lovelace Ltd', iban: 'DE89370400440532013000' },
  reference: 'Invoice 7',
});

/** One user of the API. */
export function user(baseUrl: string, token: string) {
  const at = (path: string) => `${baseUrl}${path}`;
  return {
    token,
    get: (path: string, headers: Readonly<Record<string, string>> = {}) =>
      send(at(path), { method: 'GET', token, headers }),
    post: (path: string, sending: Sending = {}) => send(at(path), { token, ...sending }),
    /** A new draft. */
    create: (key = freshKey(), body: unknown = draft()) => send(at('/payouts'), { token, key, body }),
    /** An action on a payout: `act('approve', created, { key })`. */
    act: (action: string, on: Answer, sending: Sending = {}) =>
      send(at(`/payouts/${on.json.id}/${action}`), { token, key: freshKey(), ifMatch: on.etag, ...sending }),
  };
}

/** One user of the API. */
export type User = ReturnType<typeof user>;
