import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../cli/command/command.ts';
import { ROOT } from '../service/root.ts';
import { kebab } from './files/names.ts';
import { partnerFile, partnerTestFile, simulatorFile } from './files/partner-files.ts';
import type { Generator } from './plan.ts';

const CONFIG = 'lib/holdfast/service/config.ts';

/** Where the addresses begin and end. */
const [BEGIN, END] = ['\nconst partners = {\n', '\n};\n'];

/** What the simulator of the local cloud serves beside partners. */
const RESERVED_PARTNERS = ['faults', 'ledger', 'tokens'];

/** An adapter that an operation can name at once, and its simulator: `npm run new -- partner acme --callback`. */
export const partner: Generator = {
  summary: 'makes the adapter of a partner that operations can name',
  operands: ['name'],
  options: { callback: { summary: 'it tells the outcome by itself, in a signed callback' } },
  plan({ name: called, callback }) {
    const name = kebab('partner', called);
    if (RESERVED_PARTNERS.includes(name)) {
      throw new UsageError(`'${name}' is a path of the simulated partners; choose another name`);
    }
    const callsBack = callback !== undefined;
    const file = `functions/partners/${name}.ts`;
    if (existsSync(join(ROOT, file))) {
      throw new UsageError(`${file} is there already; choose another name, or remove it`);
    }
    return {
      edits: { [CONFIG]: withAddress(readFileSync(join(ROOT, CONFIG), 'utf8'), name) },
      files: {
        [file]: partnerFile(name, callsBack),
        [`functions/partners/${name}.simulator.ts`]: simulatorFile(name, callsBack),
        [`test/partners/${name}.test.ts`]: partnerTestFile(name, callsBack),
      },
      told: [
        `its address is in ${CONFIG}: put in the one that ${name} has given you, and its formats and words into ${file}`,
        `npm start plays it by ${name}.simulator.ts; its faults are at /faults/${name} of the simulated partners`,
        '',
        'call it in an operation:',
        `  npm run new -- operation RESOURCE NAME --steps ${name} --from STATE --during STATE --succeeded STATE --failed STATE`,
      ],
    };
  },
};

/** The settings with one more partner. */
function withAddress(config: string, name: string): string {
  const [begin, end] = [config.indexOf(BEGIN), config.indexOf(END, config.indexOf(BEGIN))];
  if (begin < 0 || end < 0) {
    throw new UsageError(
      `${CONFIG} has lost its \`const partners = {\`; put it back, a line for each partner`,
    );
  }
  const key = name.includes('-') ? `'${name}'` : name;
  return `${config.slice(0, end)}\n  ${key}: { url: 'https://${name}.example.com' },${config.slice(end)}`;
}
