import { tellOfDeprecation } from './api-version.ts';
import { authenticate } from './authenticate.ts';
import { httpFunction } from './http-function.ts';

/** A Lambda handler that shows something of the caller's tenant to whoever may read it, in the version that is asked for. */
export const readFunction = (type: string, handle: Parameters<typeof httpFunction>[1]) =>
  httpFunction([tellOfDeprecation, authenticate(`${type}:read`)], handle);
