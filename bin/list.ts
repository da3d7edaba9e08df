import { loadRegistry } from '../lib/registry.ts';
import { listCommand } from '../lib/tools/list.ts';

try {
  console.log(listCommand(process.argv.slice(2), await loadRegistry()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
