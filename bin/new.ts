import { newCommand } from '../lib/scaffold/command.ts';

try {
  await newCommand(process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
