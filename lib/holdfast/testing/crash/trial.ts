import { isDeepStrictEqual } from 'node:util';
import type { Action } from '../../core/definitions/define-action.ts';
import type { LedgerEntry } from '../../local/partners/ledger.ts';
import { eventually } from '../scene/eventually.ts';
import { insist } from '../scene/insist.ts';
import { type Answer, freshKey } from '../scene/request.ts';
import type { Scene } from '../scene/scene.ts';
import { FAULTS } from './faults.ts';
import type { Injector, Point } from './injector.ts';

/** Everything that a trial is made with. */
export interface Laboratory {
  readonly scene: Scene;
  readonly injector: Injector;
  readonly ledger: () => Promise<readonly LedgerEntry[]>;
}

/** Where a function is hit, and by which of {@link FAULTS}. */
export interface Cell {
  readonly point: Point;
  readonly fault: string;
}

/** What one action has come to: the same, whatever befell it. */
interface Outcome {
  readonly status: number;
  readonly state: string;
  readonly version: number;
  /** `3 approve submitted approved` of each version. */
  readonly history: readonly string[];
  /** So many of the resource are there. */
  readonly made: number;
  readonly operations: readonly unknown[];
  /** Other resources that the action decides on, as `3 on-sale` of each version and state. */
  readonly touched: readonly string[];
  /** What partners were asked for, and did. */
  readonly partners: readonly string[];
}

/** A trial that was made. */
export interface Trial {
  /** Calls of AWS that were made for it. */
  readonly points: readonly Point[];
  /** Whether the point was reached. */
  readonly struck: boolean;
  readonly outcome: Outcome;
}

interface Entry {
  readonly version: number;
  readonly action: string;
  readonly from?: string;
  readonly to: string;
}

/** A resource of a list. */
interface Listed {
  readonly version: number;
  readonly state: string;
}

const itemsOf = ({ json }: Answer): readonly Listed[] => json.items as Listed[];

let tenants = 0;

/**
 * Performs an action in a tenant of its own, and sends it again under its key until it is answered; then once more.
 * @param at what befalls it, and where. @default nothing
 * @throws Error where the two answers differ
 */
export async function tryAction(lab: Laboratory, action: Action, at?: Cell): Promise<Trial> {
  const { scene, injector } = lab;
  const { resource } = action;
  tenants++;
  const tenant = `crash-${tenants}`;
  const from = { tenant };
  const state = scene.waysOf(resource).nearest.find((each) => action.from?.includes(each));
  const on = state === undefined ? undefined : await scene.bring(resource, state, from);
  const { method, path, sent } = await scene.requestFor(action, on, { key: freshKey(), from });
  const fault = at && FAULTS[at.fault];
  const watch = injector.watch(tenant, at && fault ? { at: { point: at.point, fault } } : {});
  try {
    const send = () => insist(action.name, () => scene.once(method, path, sent));
    const answer = await send();
    const again = await send();
    if (!isDeepStrictEqual(essence(again), essence(answer)))
      throw new Error(
        `it was answered ${answer.status} ${answer.text}, and then ${again.status} ${again.text}`,
      );
    if (!again.replayed) throw new Error('it was answered again, and not marked as replayed');
    return {
      points: watch.points,
      struck: watch.struck,
      outcome: await outcomeOf(lab, action, answer, tenant),
    };
  } finally {
    injector.unwatch(tenant);
  }
}

/** What of an answer is the same each time. */
const essence = ({ status, text, etag, headers }: Answer) => [status, text, etag, headers.get('Location')];

async function outcomeOf(
  { scene, ledger }: Laboratory,
  { resource, operation, with: extension }: Action,
  answer: Answer,
  tenant: string,
): Promise<Outcome> {
  const from = { tenant };
  if (operation !== undefined) await scene.follow(answer, from);
  const { resource: subject } = answer.json as { resource?: { id: string } };
  const id = String((operation && subject?.id) ?? answer.json.id);
  const { state, version } = await scene.read(resource, id, from);
  const { json: history } = await eventually(
    `the history of ${id} to be complete`,
    () => scene.get(`/${resource.name}/${id}/history`, { from }),
    ({ json }) => json.completeToVersion === json.currentVersion,
  );
  const listed = await scene.get(`/${resource.name}`, { from });
  const operations = await scene.get('/operations', { from });
  const touched = new Set(extension?.touches.map((each) => each.resource.name));
  const others: Listed[] = [];
  for (const name of touched) others.push(...itemsOf(await scene.get(`/${name}`, { from })));
  const entries = await ledger();
  return {
    status: answer.status,
    state,
    version,
    history: (history.items as Entry[])
      .filter(({ to }) => resource.states.includes(to))
      .map((each) => `${each.version} ${each.action} ${each.from ?? 'nothing'} ${each.to}`),
    made: itemsOf(listed).length,
    operations: itemsOf(operations).map((each) => each.state),
    touched: others.map((each) => `${each.version} ${each.state}`),
    partners: entries
      .filter(({ reference }) => reference.startsWith(id))
      .map(
        (each) => `${each.partner}${each.reference.slice(id.length)} asked ${each.asked} done ${each.done}`,
      ),
  };
}

/** What differs between two outcomes, in words; undefined where they are equal. */
export function difference(undisturbed: Outcome, disturbed: Outcome): string | undefined {
  const names = Object.keys(undisturbed) as (keyof Outcome)[];
  const different = names.filter((name) => !isDeepStrictEqual(undisturbed[name], disturbed[name]));
  const told = different.map(
    (name) => `${name} is ${JSON.stringify(disturbed[name])} and not ${JSON.stringify(undisturbed[name])}`,
  );
  return told.length === 0 ? undefined : told.join('\n');
}
