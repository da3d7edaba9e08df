import { ROOT } from '../../lib/holdfast/service/project.ts';
import { overBudget } from './budgets.ts';

// `npm run check:budgets`: tells what is over its budget.
const told = await overBudget(ROOT);
for (const line of told) console.error(line);
if (told.length > 0) process.exitCode = 1;
