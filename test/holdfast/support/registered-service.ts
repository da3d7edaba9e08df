import service from '../../../lib/service.ts';

/** What `@service` is where a function runs in a test's own process. */
export default service;
