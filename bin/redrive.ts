import { redrive, redriveOptions } from '../lib/tools/redrive.ts';

try {
  await redrive(redriveOptions(process.argv.slice(2)), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
