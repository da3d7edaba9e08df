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

/**
 * Not by a top-level await, after which nothing that imports this could be required; and by Node's own loader, since the one
 * that Jest puts in its place requires no ES module.
 */
function load(path: string): { readonly default?: Service } {
  const { createRequire } = process.getBuiltinModule('node:module');
  try {
    return createRequire(import.meta.url)(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ERR_REQUIRE_ASYNC_MODULE')
      throw new Error(`${SERVICE}: awaits at its top level; have it export its service without`, { cause });
    throw new Error(message.includes(SERVICE) ? message : `${SERVICE}: ${message}`, { cause });
  }
}

const { default: found } = load(join(ROOT, SERVICE));
if (found === undefined || !('namespace' in found))
  throw new Error(`${SERVICE}: has no default export made by defineService; add one`);

/** The service of that project. */
export const service: Service = found;
