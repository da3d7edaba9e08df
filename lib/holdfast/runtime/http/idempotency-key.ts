import { Problem } from '../../core/problems/problem.ts';
import { keyHash, parseIdempotencyKey } from '../../core/requests/idempotency-key.ts';
import type { Step } from './envelope.ts';

/**
 * Step 4. From here on the key is known by its hash.
 * @throws Problem `idempotency-key-missing`, `idempotency-key-invalid`
 */
export const idempotencyKey: Step = {
  before({ event: request }) {
    const values = request.headers('Idempotency-Key');
    if (values.length === 0) {
      throw new Problem('idempotency-key-missing', {
        detail: 'send Idempotency-Key, one for each thing that a person does, the same with each retry',
      });
    }
    const key = values.length === 1 ? parseIdempotencyKey(values[0] ?? '') : undefined;
    if (key === undefined) {
      throw new Problem('idempotency-key-invalid', {
        detail:
          'Idempotency-Key needs 1 to 255 visible ASCII characters, bare or as a quoted string, in one header',
      });
    }
    request.idempotencyKey = keyHash(key);
  },
};
