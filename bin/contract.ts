import { contractCommand } from '../lib/tools/contract.ts';

try {
  const today = new Date().toISOString().slice(0, 10);
  process.exitCode = await contractCommand(process.argv.slice(2), today, console.log);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
