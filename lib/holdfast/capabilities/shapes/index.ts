export { shapes } from './shapes.ts';
