import { defineCommand, runCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { drawnSession, generatedFiles, PICTURE, textOf, write } from './generated.ts';
import { structureOf } from './picture.ts';

const print = (line: string) => console.log(line);

const command = defineCommand({
  name: 'readme',
  summary: 'Writes the tables and drawings of the documentation that follow from the definitions.',
  options: {
    picture: { summary: 'holds the session that the README shows, and draws it' },
    check: { summary: 'writes nothing, and fails where something would be written' },
  },
  async run({ options: { picture, check } }) {
    const stale: string[] = [];
    for (const { path, make } of await generatedFiles()) {
      const text = await textOf(path);
      const made = make(text);
      if (!check) await write(path, made, print);
      else if (made !== text) stale.push(path);
    }
    if (picture) {
      const drawn = await drawnSession();
      if (!check) await write(PICTURE, drawn, print);
      else if (structureOf(drawn) !== structureOf(await textOf(PICTURE))) stale.push(PICTURE);
    }
    for (const path of stale) print(`${path} is out of date; npm run readme writes it`);
    return stale.length === 0 ? 0 : 1;
  },
});

process.exit(await runCommand(command, process.argv.slice(2), process.env));
