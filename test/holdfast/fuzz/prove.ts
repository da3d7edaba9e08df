import { defineCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { seedOf, wholeNumber } from '../prove/whole-number.ts';
import { startWire } from '../support/wire.ts';
import { type BytesReport, fuzzBytes } from './bytes.ts';
import { runSchemathesis } from './schemathesis.ts';

const PARTS = ['schemathesis', 'bytes'];

/** Sends every route of each version's document what nobody should, and judges the answers. */
export const proof = defineCommand({
  name: 'fuzz',
  summary: 'schemathesis from the document of each version, and requests with faults in their bytes',
  options: {
    seed: { value: 'N', summary: 'the same requests as under that seed before (a new one)' },
    examples: {
      value: 'N',
      summary: 'of each operation, in each phase of each run of schemathesis',
      default: '30',
    },
    requests: { value: 'N', summary: 'of the generator of bytes', default: '10000' },
    only: { value: 'PART', summary: `${PARTS.join(' or ')} (both)` },
  },
  async run({ options: { only, ...given } }) {
    if (only !== undefined && !PARTS.includes(only))
      throw new UsageError(`--only is '${only}'; choose from ${PARTS.join(', ')}`);
    const seed = seedOf(given.seed) ?? Date.now() % 1_000_000;
    const [examples, requests] = [
      wholeNumber('examples', given.examples),
      wholeNumber('requests', given.requests),
    ];
    const parts = only === undefined ? PARTS : [only];
    console.log(`seed ${seed}`);
    const wire = await startWire({ concurrency: 4 });
    try {
      const bytes = parts.includes('bytes') ? tell(await fuzzBytes(wire, seed, requests)) : true;
      const schemathesis = parts.includes('schemathesis')
        ? await runSchemathesis({ url: wire.service.url, seed, examples, say: console.log })
        : true;
      return bytes && schemathesis ? 0 : 1;
    } finally {
      await wire.close();
    }
  },
});

function tell({ requests, statuses, unreadable, accepted, compared, faults }: BytesReport): boolean {
  const byStatus = [...statuses].toSorted().map(([status, count]) => `${status}: ${count}`);
  console.log(`bytes: ${requests} requests, ${byStatus.join(', ')}`);
  console.log(
    `bytes: ${unreadable} were no HTTP, and refused by Node's own server before the gateway; ${accepted} were valid still, and accepted`,
  );
  console.log(
    `bytes: ${compared} operations and statuses compared with the documents; ${faults.length} faults`,
  );
  for (const fault of faults) console.log(`  ${fault}`);
  return faults.length === 0;
}
