import { freeze } from '../lib/tools/freeze.ts';

await freeze(console.log).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
