/** Lists of a resource by its members: each is served by an index, and shows what a filter over all of them would. */
export { lists } from './lists.ts';
