import { runCommand } from './command/command.ts';
import { COMMANDS } from './commands.ts';

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS.find((each) => each.name === name);
if (command === undefined) {
  console.error(
    `unknown command '${name ?? ''}'; choose from ${COMMANDS.map((each) => each.name).join(', ')}`,
  );
  process.exit(2);
}
const status = await runCommand(command, args, process.env);
// What a command that failed has begun does not keep it alive.
if (status !== 0) process.exit(status);
