/** Several resources in one decision: each is read, checked and changed in the one write of the action. */
export { defineActionWith, each } from './define-action-with.ts';
