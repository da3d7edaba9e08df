import { Problem } from '../../core/problems/problem.ts';
import { isJsonMediaType } from '../../core/values/media-type.ts';
import { parseStrictJson } from '../../core/values/strict-json.ts';
import type { Step } from './envelope.ts';

/** No action needs more, and an item holds at most 400 KB. */
const MAX_BYTES = 256 * 1024;

/**
 * Steps 2 and 3. The body is JSON by its type, not too large, and read strictly.
 * @throws Problem `unsupported-media-type`, `request-too-large`, `malformed-request`
 */
export const jsonBody: Step = {
  before({ event: request }) {
    const types = request.headers('Content-Type');
    if (types.length !== 1 || !isJsonMediaType(types[0] ?? '')) {
      throw new Problem('unsupported-media-type', {
        detail: 'send Content-Type: application/json, in UTF-8',
      });
    }
    const { bytes } = request;
    if (bytes.length > MAX_BYTES) {
      throw new Problem('request-too-large', {
        detail: `the body has ${bytes.length} bytes; at most ${MAX_BYTES}`,
      });
    }
    request.body = parseStrictJson(bytes, { exactNumbers: true });
  },
};
