import type { Action } from '../../core/definitions/define-action.ts';
import { nameOf } from '../../testing/examples.ts';
import { curlOf } from '../../testing/provoke/asked.ts';
import { LocalControl } from '../../testing/provoke/local-control.ts';
import { type Provocable, provocables, provoke } from '../../testing/provoke/provoke.ts';
import type { Answer } from '../../testing/scene/request.ts';
import type { Scene } from '../../testing/scene/scene.ts';
import { UsageError } from '../command/command.ts';
import { ask, serviceUrl } from '../service-options.ts';
import { claimedName } from '../token.ts';
import { sceneOfProject } from './scene-of-project.ts';

interface ProvokeOptions {
  readonly list: boolean;
  readonly action: string | undefined;
  readonly tenant: string;
  readonly url: string | undefined;
}

/** Headers that tell a client what to do. */
const TOLD = ['ETag', 'Location', 'Retry-After', 'Idempotent-Replayed', 'WWW-Authenticate'];

/**
 * `npm run provoke -- version-mismatch`: brings a resource to where the next request is answered so, sends that, and prints
 * both. The resource stays, so the request can be sent again by hand.
 * @throws UsageError for a name or an action that there is none of; Error where it cannot be provoked
 */
export async function provokeCommand(
  name: string | undefined,
  { list, action: wanted, tenant, url: given }: ProvokeOptions,
  environment: NodeJS.ProcessEnv,
  print: (line: string) => void,
): Promise<void> {
  const scene = await sceneOfProject();
  const all = provocables(scene);
  if (list) {
    for (const each of all) print(lineOf(each));
    return;
  }
  const provocable = all.find((each) => each.name === name);
  if (provocable === undefined) {
    const fault = name === undefined ? 'CODE is missing' : `'${name}' is nothing that is answered`;
    throw new UsageError(`${fault}; npm run provoke -- --list tells what is`);
  }
  const action = actionOf(provocable, wanted, scene);
  const url = await serviceUrl({ url: given, stage: undefined }, environment);
  await ask(url, '/health', {});
  const control = await LocalControl.of(url);
  if (control === undefined)
    throw new Error(
      `the service at ${url} is no local cloud, where alone faults are made; start one by npm start`,
    );
  try {
    await scene.open(url, control.partnersUrl);
    const stage = { scene, control, tenant: claimedName('tenant', tenant) };
    const { asked, answer } = await provoke(stage, provocable, action);
    print(`# ${provocable.name}, on ${nameOf(action)}`);
    print(`TOKEN=${await scene.tokenOf({ tenant, ...asked.sent.from })}`);
    print(`${curlOf(asked, url)}\n`);
    for (const line of linesOf(answer)) print(line);
  } finally {
    control.close();
  }
}

function lineOf({ name, actions: [first], why, unsure }: Provocable): string {
  const hangs = first && unsure?.(first);
  const how = first === undefined ? `cannot be provoked: ${why}` : nameOf(first);
  return `${name.padEnd(32)}${how}${hangs === undefined ? '' : `, ${hangs}`}`;
}

function actionOf(
  { name, actions, why, whyNot }: Provocable,
  wanted: string | undefined,
  { registry }: Scene,
): Action {
  const [first] = actions;
  if (first === undefined) throw new Error(`${name} cannot be provoked: ${why}`);
  const action = wanted === undefined ? first : actions.find((each) => nameOf(each) === wanted);
  if (action !== undefined) return action;
  const all = registry.resources.flatMap((each) => each.actions.map(({ definition }) => definition));
  const meant = all.find((each) => nameOf(each) === wanted);
  const fault = (meant && whyNot(meant)) ?? `there is no action '${wanted}' that can be reached`;
  throw new UsageError(`${name}: ${fault}; choose from ${actions.map(nameOf).join(', ')}`);
}

function linesOf({ status, headers, text, json }: Answer): readonly string[] {
  const told = TOLD.flatMap((name) => (headers.has(name) ? [`${name}: ${headers.get(name)}`] : []));
  return [
    `HTTP ${status}`,
    ...told,
    '',
    Object.keys(json).length === 0 ? text : JSON.stringify(json, null, 2),
  ];
}
