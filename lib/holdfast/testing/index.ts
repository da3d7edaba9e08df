/** What a project tests its definitions with. */

export { decide, stored } from './decide.ts';
