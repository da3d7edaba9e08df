import { defineCommand, runCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { buildCreate } from './build-create.ts';
import { buildPackage } from './build-package.ts';

const command = defineCommand({
  name: 'build',
  summary:
    'Builds the npm packages: holdfast in dist, create-holdfast in dist-create; npm pack ./dist makes a tarball.',
  async run() {
    await buildPackage();
    await buildCreate();
  },
});

process.exitCode = await runCommand(command, process.argv.slice(2), process.env);
