/** Typed results of steps: a later step and the end are given what the partners of the steps before have told. */
export { defineOperationWithResults } from './define-operation-with-results.ts';
