import { deploy, deployment } from '../lib/tools/deploy.ts';

try {
  await deploy(deployment(process.argv.slice(2)), console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
