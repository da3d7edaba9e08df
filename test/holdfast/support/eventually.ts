export { eventually } from '../../../lib/holdfast/testing/scene/eventually.ts';
