/** No two resources of a tenant have the same value of a member, or of several together. */
export { unique } from './unique.ts';
