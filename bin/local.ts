import { runLocalCloud } from '../lib/local/command.ts';

try {
  await runLocalCloud(process.argv.slice(2), process.env);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
