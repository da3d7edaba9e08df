import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../cli/command/command.ts';
import { heldFault } from '../core/definitions/define-action.ts';
import { actionPath } from '../core/definitions/routes.ts';
import { ROOT } from '../service/project.ts';
import type { Registry } from '../service/registry.ts';
import { freeAction, refuseHeld } from './action.ts';
import { actionFile, exampleOf } from './files/action-file.ts';
import { actionTestFile } from './files/action-test-file.ts';
import { kebab, resourceNamed, stateNamed, statesNamed } from './files/names.ts';
import { operationFile, operationTestFile } from './files/operation-files.ts';
import type { Generator } from './plan.ts';
import { tryTransition } from './try-it.ts';

/**
 * A long-running operation, and the action that starts it: `npm run new -- operation payouts refund-payout --steps bank
 * --from paid --during disbursing --succeeded returned --failed paid`.
 */
export const operation: Generator = {
  summary: 'makes a long-running operation, and the action that starts it',
  operands: {
    resource: 'of whose items one is worked on',
    name: 'of the operation, in kebab-case: refund-payout',
  },
  options: {
    steps: { value: 'PARTNERS', summary: 'one for each step, separated by commas', required: true },
    from: { value: 'STATES', summary: 'that permit it, separated by commas', required: true },
    during: { value: 'STATE', summary: 'while it runs', required: true },
    succeeded: { value: 'STATE', summary: 'once it is done', required: true },
    failed: { value: 'STATE', summary: 'once it has failed', required: true },
    cancelled: { value: 'STATE', summary: 'once it was cancelled (the first of --from)' },
    action: { value: 'NAME', summary: 'that starts it (its name without the resource)' },
  },
  plan(given, registry) {
    const resource = resourceNamed(registry, given.resource);
    const name = freeOperation(registry, given.name);
    const { definition } = resource;
    const one = (option: string, value = '') => stateNamed(resource, option, value);
    const from = statesNamed(resource, 'from', given.from ?? '');
    const made = {
      resource: definition,
      name,
      partners: partnersNamed(given.steps ?? ''),
      onSucceeded: one('succeeded', given.succeeded),
      onFailed: one('failed', given.failed),
      onCancelled: one('cancelled', given.cancelled ?? from[0]),
    };
    const starts = {
      resource: definition,
      name: freeAction(resource, given.action ?? name.replace(`-${definition.singular}`, '')),
      from,
      to: one('during', given.during),
      operation: name,
    };
    const holding = { name: starts.name, to: starts.to, operation: made };
    const own = heldFault(holding, { ...starts, operation: made });
    if (own !== undefined) throw new UsageError(own);
    for (const { definition: other } of resource.actions) {
      const fault = heldFault(holding, other);
      if (fault !== undefined) throw new UsageError(`action '${other.name}': ${fault}`);
    }
    refuseHeld(resource, { ...starts, operation: made });
    const action = `actions/${definition.name}/${starts.name}`;
    return {
      files: {
        [`functions/operations/${name}.ts`]: operationFile(made),
        [`functions/${action}.ts`]: actionFile(starts),
        [`test/operations/${name}.test.ts`]: operationTestFile(made),
        [`test/${action}.test.ts`]: actionTestFile(starts),
      },
      example: [`${definition.name}.${starts.name}`, exampleOf(starts)],
      told: tryTransition(starts, actionPath(starts)),
    };
  },
};

function freeOperation({ operations }: Registry, value: string | undefined): string {
  const name = kebab('operation', value);
  const there = operations.find(({ definition }) => definition.name === name);
  if (there === undefined) return name;
  throw new UsageError(`${there.file} is there already; choose another name, or remove it`);
}

/** Partners that have a file. */
function partnersNamed(value: string): readonly string[] {
  const names = value.split(',').map((name) => kebab('partner', name));
  const stranger = names.find((name) => !existsSync(join(ROOT, `functions/partners/${name}.ts`)));
  if (stranger !== undefined) {
    throw new UsageError(
      `--steps names '${stranger}', which is not a partner; make it: npm run new -- partner ${stranger}`,
    );
  }
  if (new Set(names).size === names.length) return names;
  throw new UsageError(`--steps is '${value}', which names a partner twice; add its second step by hand`);
}
