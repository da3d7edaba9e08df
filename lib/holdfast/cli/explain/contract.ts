import { writeFile } from 'node:fs/promises';
import { nameOf } from '../../testing/examples.ts';
import { changedActions } from '../record/changed-actions.ts';
import { reviewPage } from './review-page.ts';
import { sceneOfProject } from './scene-of-project.ts';

interface ContractOptions {
  readonly since: string;
  readonly all: boolean;
  readonly out: string | undefined;
}

/**
 * `npm run contract`: the review page of what has changed.
 * @param today RFC 3339 date
 */
export async function contractCommand(
  { since, all, out }: ContractOptions,
  today: string,
  print: (text: string) => void,
): Promise<void> {
  const scene = await sceneOfProject();
  const { registry } = scene;
  const changed = await changedActions(registry, since, today);
  const every = registry.resources.flatMap(({ actions }) =>
    actions.map(
      ({ definition: action }) =>
        changed.actions.find((each) => each.action === action) ?? { action, changes: [], isTouched: false },
    ),
  );
  const actions = all ? every : changed.actions;
  if (actions.length === 0)
    return print(
      `no action has changed since ${since}; --since names another commit, --all takes every action`,
    );
  const page = await reviewPage(scene, { ...changed, actions }, since);
  if (out === undefined) return print(page);
  await writeFile(out, page);
  print(`wrote ${out}: ${actions.map(({ action }) => nameOf(action)).join(', ')}`);
}
