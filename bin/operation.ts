import { showOperation } from '../lib/tools/operation-timeline.ts';

try {
  await showOperation(process.argv.slice(2), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
