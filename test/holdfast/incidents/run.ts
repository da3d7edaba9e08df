import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { defineCommand, runCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { startLocalCloud } from '../../../lib/holdfast/local/local-cloud.ts';
import { readSettings } from '../../../lib/holdfast/local/settings.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { INCIDENTS, type Incident } from './incidents.ts';
import { incidentsPage } from './page.ts';
import { sceneOn } from './scene.ts';
import { shown } from './shown.ts';

const print = (line: string) => console.log(line);

const NAMES = INCIDENTS.map(({ name }) => name).join(', ');

const command = defineCommand({
  name: 'incidents',
  summary: `Plants an incident on a local cloud of its own, tells how support sees it, and serves until Ctrl-C: ${NAMES}.`,
  operands: { '[NAME]': 'of the incident (none: they are listed)' },
  options: { write: { summary: 'plants each of them, writes docs/incidents.md, and ends' } },
  environment: { PORT: 'to serve on; 0 for any that is free (3000)' },
  async run({ options: { write }, operands: [name], environment }) {
    if (name === undefined && !write) {
      for (const incident of INCIDENTS) print(`${incident.name.padEnd(16)} ${incident.summary}`);
      return 0;
    }
    const incident = INCIDENTS.find((each) => each.name === name);
    if (name !== undefined && incident === undefined)
      throw new UsageError(`'${name}' is no incident; choose from ${NAMES}`);
    return plant(incident, environment);
  },
});

/** Plants one and serves on; or each of them for the page. */
async function plant(incident: Incident | undefined, environment: NodeJS.ProcessEnv): Promise<number> {
  const lines: string[] = [];
  let close: () => Promise<void> = async () => undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => void close().then(() => process.exit(0)));
  const settings = readSettings({ env: ['POWERTOOLS_LOG_LEVEL=SILENT'] }, environment);
  const cloud = await startLocalCloud(
    incident === undefined ? { ...settings, port: 0 } : settings,
    (line) => lines.push(line),
    (ending) => {
      close = ending;
    },
  );
  const scene = await sceneOn(cloud, lines);
  if (incident === undefined) {
    await writeFile(join(ROOT, 'docs/incidents.md'), await incidentsPage(scene));
    print('wrote docs/incidents.md');
    scene.close();
    await close();
    return 0;
  }
  const planted = await incident.plant(scene);
  for (const line of planted.did) print(line);
  print(`\n${await shown(planted, cloud.url)}\n`);
  const code = planted.code === undefined ? '' : ` --code ${planted.code}`;
  print(`It was shown as it stood. This shows how it stands now, while this goes on:\n`);
  print(`npm run --silent operation -- show ${planted.id}${code} --url ${cloud.url}\n`);
  print(`queues: ${cloud.sqsUrl}`);
  await delay(2 ** 31 - 1);
  return 0;
}

process.exit(await runCommand(command, process.argv.slice(2), process.env));
