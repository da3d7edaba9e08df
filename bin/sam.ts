import { runSam } from '../lib/local/sam-command.ts';

try {
  await runSam(process.argv.slice(2), process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
