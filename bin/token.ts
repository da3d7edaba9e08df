import { tokenCommand } from '../lib/tools/token.ts';

try {
  console.log(await tokenCommand(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
