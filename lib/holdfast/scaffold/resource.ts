import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../cli/command/command.ts';
import { isReserved, RESERVED_RESOURCES } from '../core/definitions/reserved-names.ts';
import { operations } from '../core/operations/operations.ts';
import { ROOT } from '../service/project.ts';
import type { Registry } from '../service/registry.ts';
import { kebab } from './files/names.ts';
import { createFile, createTestFile, resourceFile } from './files/resource-files.ts';
import type { Generator } from './plan.ts';
import { tryCreate } from './try-it.ts';

/** A resource that can be made, read and listed at once: `npm run new -- resource invoices --states draft,sent,paid`. */
export const resource: Generator = {
  summary: 'makes a resource, and the action that creates one',
  operands: { name: 'of the resource, its plural, in kebab-case: invoices' },
  options: {
    states: { value: 'STATES', summary: 'separated by commas; it is created in the first' },
    singular: { value: 'NAME', summary: 'what one of them is called (the name without its s)' },
  },
  plan({ name: called, states: named = 'draft,done', singular: one }, registry) {
    const name = freeResource(called);
    const singular = one === undefined ? singularOf(name) : kebab('--singular', one);
    const states = named.split(',').map((state) => kebab('state', state));
    if (new Set(states).size < states.length) {
      throw new UsageError(`--states is '${named}', which names a state twice; name each once`);
    }
    const made = { name, singular, states, idPrefix: freePrefix(singular, registry) };
    return {
      files: {
        [`functions/actions/${name}/resource.ts`]: resourceFile(made),
        [`functions/actions/${name}/create.ts`]: createFile(made),
        [`test/actions/${name}/create.test.ts`]: createTestFile(made),
      },
      example: [`${name}.create`, "{ reference: 'first' }"],
      told: tryCreate(made, '{"reference":"first"}'),
    };
  },
};

function freeResource(value: string | undefined): string {
  const name = kebab('resource', value);
  if (isReserved(RESERVED_RESOURCES, name)) {
    throw new UsageError(`'${name}' is kept for the kit's own routes and keys; choose another name`);
  }
  const folder = `functions/actions/${name}`;
  if (!existsSync(join(ROOT, folder))) return name;
  throw new UsageError(`${folder} is there already; choose another name, or remove it`);
}

function singularOf(name: string): string {
  if (/[^s]s$/.test(name))
    return name
      .replace(/ies$/, 'y')
      .replace(/(ss|sh|ch|x)es$/, '$1')
      .replace(/([^s])s$/, '$1');
  throw new UsageError(`cannot derive the singular of '${name}'; pass --singular NAME`);
}

/** The first two letters of its singular, or as many as it takes to be the only one. */
function freePrefix(singular: string, { resources }: Registry): string {
  const taken = [operations, ...resources.map(({ definition }) => definition)].map(
    ({ idPrefix }) => idPrefix,
  );
  const letters = singular.replaceAll(/[^a-z]/g, '');
  const prefixes = [2, 3, 4].map((count) => letters.slice(0, count));
  const free = prefixes.find((prefix, i) => prefix.length === i + 2 && !taken.includes(prefix));
  if (free !== undefined) return free;
  throw new UsageError(
    `ids of '${singular}' cannot begin with ${prefixes.join(', ')}, which are taken or too short; choose another --singular`,
  );
}
