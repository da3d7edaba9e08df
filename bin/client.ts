import { clientCommand } from '../lib/tools/client.ts';

try {
  process.exitCode = await clientCommand(process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
