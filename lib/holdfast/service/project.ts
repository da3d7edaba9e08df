import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Service } from './define-service.ts';

/** What a project is known by, from its root. */
const SERVICE = 'lib/service.ts';

/** The nearest folder, from where a command is run upwards, that has a service. */
function projectRoot(from: string): string {
  if (existsSync(join(from, SERVICE))) return from;
  if (dirname(from) === from)
    throw new Error(
      `neither ${process.cwd()} nor a folder above it has ${SERVICE}; run this in a project of yours`,
    );
  return projectRoot(dirname(from));
}

/** Root of the project that the kit works for. */
export const ROOT: string = projectRoot(process.cwd());

// Not by a top-level await, after which nothing that imports this could be required; and by Node's own loader, since the one
// that Jest puts in its place requires no ES module.
const { createRequire } = process.getBuiltinModule('node:module');
const { default: found }: { default?: Service } = createRequire(import.meta.url)(join(ROOT, SERVICE));
if (found === undefined || !('namespace' in found))
  throw new Error(`${SERVICE}: has no default export made by defineService; add one`);

/** The service of that project. */
export const service: Service = found;
