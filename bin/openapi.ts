import { loadRegistry } from '../lib/registry.ts';
import { openApiText } from '../lib/tools/openapi.ts';

try {
  process.stdout.write(openApiText(await loadRegistry()));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
