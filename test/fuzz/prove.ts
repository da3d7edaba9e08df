import { parseArgs } from 'node:util';
import { startWire } from '../support/wire.ts';
import { type BytesReport, fuzzBytes } from './bytes.ts';
import { runSchemathesis } from './schemathesis.ts';

const USAGE =
  'usage: npm run prove -- fuzz [--seed N] [--examples N] [--requests N] [--only schemathesis|bytes]';

const OPTIONS = {
  /** The same seed, the same requests. */
  seed: { type: 'string' },
  /** Of each operation, in each phase of each run of schemathesis. */
  examples: { type: 'string', default: '30' },
  /** Of the generator of bytes. */
  requests: { type: 'string', default: '10000' },
  only: { type: 'string' },
} as const;

const PARTS = ['schemathesis', 'bytes'];

/** `npm run prove -- fuzz`: sends every route of each version's document what nobody should, and judges the answers. */
export async function prove(args: readonly string[]): Promise<boolean> {
  const options = read(args);
  if (options === undefined) {
    console.error(USAGE);
    return false;
  }
  const { seed, examples, requests, parts } = options;
  console.log(`seed ${seed}`);
  const wire = await startWire({ concurrency: 4 });
  try {
    const bytes = parts.includes('bytes') ? tell(await fuzzBytes(wire, seed, requests)) : true;
    const schemathesis = parts.includes('schemathesis')
      ? await runSchemathesis({ url: wire.service.url, seed, examples, say: console.log })
      : true;
    return bytes && schemathesis;
  } finally {
    await wire.close();
  }
}

function read(args: readonly string[]) {
  try {
    const {
      seed = String(Date.now() % 1_000_000),
      examples,
      requests,
      only,
    } = parseArgs({ args: [...args], options: OPTIONS }).values;
    const numbers = [seed, examples, requests];
    if (!numbers.every((value) => /^\d{1,9}$/.test(value)) || (only !== undefined && !PARTS.includes(only)))
      return undefined;
    return {
      seed: Number(seed),
      examples: Number(examples),
      requests: Number(requests),
      parts: only === undefined ? PARTS : [only],
    };
  } catch {
    return undefined;
  }
}

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
