import { resolve } from 'node:path';

/** Of this repository, whose package is built. */
export const REPOSITORY = resolve(import.meta.dirname, '../../..');

export const DIST_CREATE = resolve(REPOSITORY, 'dist-create');

export const DIST = resolve(REPOSITORY, 'dist');
