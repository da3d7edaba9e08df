import { type Command, defineCommand } from '../cli/command/command.ts';
import { loadRegistry } from '../service/registry.ts';
import { action } from './action.ts';
import { carryOut } from './carry-out.ts';
import { operation } from './operation.ts';
import { partner } from './partner.ts';
import type { Generator } from './plan.ts';
import { resource } from './resource.ts';

/** What can be made. */
const GENERATORS: Readonly<Record<string, Generator>> = { action, resource, partner, operation };

/** `npm run new`: each writes a definition and its test, records what follows from it, and says how to try it. */
export const newCommands = (print: (line: string) => void): readonly Command[] =>
  Object.entries(GENERATORS).map(([name, { summary, operands, options, plan }]) =>
    defineCommand({
      name,
      summary,
      operands: Object.fromEntries(
        Object.entries(operands).map(([operand, told]) => [operand.toUpperCase(), told]),
      ),
      options,
      async run({ options: given, operands: values }) {
        const texts = Object.entries(given).flatMap(([option, value]) =>
          value === undefined || value === false ? [] : [[option, String(value)] as const],
        );
        const all = [...texts, ...Object.keys(operands).map((operand, i) => [operand, values[i]] as const)];
        const planned = plan(Object.fromEntries(all), await loadRegistry());
        const written = await carryOut(planned);
        for (const path of written) print(`wrote ${path}`);
        print('');
        for (const line of planned.told) print(line);
        const tests = written.filter((path) => path.endsWith('.test.ts'));
        print(`\ntest it:\n  npm test -- ${tests.join(' ')}`);
      },
    }),
  );
