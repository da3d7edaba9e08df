import { defineCommand, runCommand } from '../../../lib/holdfast/cli/command/command.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { overBudget } from './budgets.ts';

const command = defineCommand({
  name: 'check:budgets',
  summary: 'Tells which budgets of test/holdfast/budgets/budgets.ts are exceeded, where, and the remedy.',
  async run() {
    const told = await overBudget(ROOT);
    for (const line of told) console.error(line);
    return told.length === 0 ? 0 : 1;
  },
});

process.exitCode = await runCommand(command, process.argv.slice(2), process.env);
