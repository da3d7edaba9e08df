import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../cli/command/command.ts';
import { ROOT } from '../service/project.ts';
import { kebab } from './files/names.ts';
import { partnerFile, partnerTestFile, simulatorFile } from './files/partner-files.ts';
import type { Generator } from './plan.ts';

/** What the simulator of the local cloud serves beside partners. */
const RESERVED_PARTNERS = ['faults', 'ledger', 'tokens'];

/** An adapter that an operation can name at once, and its simulator: `npm run new -- partner acme --callback`. */
export const partner: Generator = {
  summary: 'makes the adapter of a partner that operations can name',
  operands: { name: 'of the partner, in kebab-case: bank' },
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
      files: {
        [file]: partnerFile(name, callsBack),
        [`functions/partners/${name}.simulator.ts`]: simulatorFile(name, callsBack),
        [`test/partners/${name}.test.ts`]: partnerTestFile(name, callsBack),
      },
      told: [
        `npm start plays it by ${name}.simulator.ts; its faults are at /faults/${name} of the simulated partners`,
        `put its formats and words into ${file}; a deployment needs its address, in partners of lib/service.ts:`,
        `  ${name.includes('-') ? `'${name}'` : name}: { url: 'https://…' },`,
        '',
        'call it in an operation:',
        `  npm run new -- operation RESOURCE NAME --steps ${name} --from STATE --during STATE --succeeded STATE --failed STATE`,
      ],
    };
  },
};
