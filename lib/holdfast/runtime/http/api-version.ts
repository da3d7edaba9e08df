import service from '@service';
import versions from '@versions';
import type { Transition } from '../../core/definitions/representation.ts';
import type { View } from '../../core/requests/view.ts';
import { ApiVersions, deprecationHeaders } from '../../core/versions/api-version.ts';
import { environment } from '../aws/environment.ts';
import type { Step } from './envelope.ts';
import type { HttpRequest } from './http-request.ts';

const apiVersions = new ApiVersions(versions, service.apiVersion, environment('DEFAULT_API_VERSION'));

const header = (request: HttpRequest) => request.header('API-Version');

/** What a request says of its version, served or not. */
export const namedVersion = (request: HttpRequest) => ({
  apiVersion: apiVersions.named(header(request)),
  ...(header(request) === undefined && { unnamed: true as const }),
});

/**
 * How a request sees resources, in the version that it asks for.
 * @throws Problem `unknown-api-version`
 */
export const viewOf = (request: HttpRequest, transitions: readonly Transition[]): View => ({
  transitions,
  version: apiVersions.asked(header(request), Date.now()),
  versions: apiVersions,
  scopes: request.caller.scopes,
});

/** Whatever the answer, it tells the client of an older version to move on; which one it speaks is checked in its turn. */
export const tellOfDeprecation: Step = {
  before({ event: request }) {
    const { apiVersion } = namedVersion(request);
    const version = apiVersions.of(apiVersion);
    if (version === undefined) return;
    request.logged.apiVersion = apiVersion;
    Object.assign(request.answerHeaders, deprecationHeaders(version, request.base));
  },
};
