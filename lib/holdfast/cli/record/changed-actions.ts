import { CONTRACT_FOLDER, changedSince, filesOf, readPromised } from '../../contract/committed.ts';
import { type GateChange, gateChanges } from '../../contract/gate.ts';
import type { Action } from '../../core/definitions/define-action.ts';
import { actionPath } from '../../core/definitions/routes.ts';
import { ROOT } from '../../service/project.ts';
import type { Registered, Registry } from '../../service/registry.ts';
import { currentContract } from './contract.ts';

/** An action that is not as a commit has it. */
export interface ChangedAction {
  readonly action: Action;
  /** What its clients notice; none where only what it does has changed, or what its partners do. */
  readonly changes: readonly GateChange[];
  /** Whether a file has changed that decides what it does. */
  readonly isTouched: boolean;
}

/** What has changed since a commit. */
export interface Changed {
  readonly actions: readonly ChangedAction[];
  /** What is told once: of no action alone, as a member that is added to all answers of a resource. */
  readonly others: readonly GateChange[];
}

/**
 * Actions whose contract, or whose own files, differ from a commit's.
 * @param since a commit, as git names it
 * @param today RFC 3339 date
 * @throws Error that names the commit, where there is none
 */
export async function changedActions(registry: Registry, since: string, today: string): Promise<Changed> {
  const [files, paths] = await Promise.all([
    filesOf(ROOT, since, CONTRACT_FOLDER),
    changedSince(ROOT, since, 'functions'),
  ]).catch((error: unknown) => {
    throw new Error(`git knows no commit '${since}' here; name one, as in --since main`, { cause: error });
  });
  const promised = readPromised(files ?? new Map());
  const changes = gateChanges(promised, currentContract(registry), today);
  const all = registry.resources.flatMap(({ actions }) => actions);
  const isOwn = ({ routes, breaking }: GateChange, { definition }: Registered<Action>) =>
    routes.includes(`POST ${actionPath(definition)}`) && (breaking || routes.length === 1);
  const actions = all.map((each) => ({
    action: each.definition,
    changes: changes.filter((change) => isOwn(change, each)),
    isTouched: filesOfAction(registry, each).some((file) => paths.includes(file)),
  }));
  return {
    actions: actions.filter(({ changes: own, isTouched }) => own.length > 0 || isTouched),
    others: changes.filter((change) => !all.some((each) => isOwn(change, each))),
  };
}

/** What decides what an action does: itself, and the operation that it starts with its partners. */
function filesOfAction(
  { operations }: Registry,
  { definition, file }: Registered<Action>,
): readonly string[] {
  const { operation } = definition;
  const own = operations.filter((each) => each.definition === operation).map((each) => each.file);
  const partners = operation?.steps.map(({ partner }) => `functions/partners/${partner.name}.ts`) ?? [];
  return [file, ...own, ...partners];
}
