import { cpus, loadavg, totalmem } from 'node:os';
import { defineCommand, runCommand, UsageError } from '../../../lib/holdfast/cli/command/command.ts';
import { synthesize } from '../../../lib/holdfast/synthesis/synthesize.ts';
import { type Actions, actionTargets, measureActions, printActions } from './actions.ts';
import { boundTable, boundTargets, measureBounds, printBounds } from './bounds.ts';
import { type ColdStarts, coldTargets, measureColdStarts, printColdStarts } from './cold.ts';
import { measureContention, printContention } from './contention.ts';
import { billOf, billTargets, printBill } from './cost.ts';
import { costTable } from './cost-table.ts';
import { createTargets, measureBeginnings, printBeginnings } from './create.ts';
import { writeComputedTables, writeTable } from './documents.ts';
import { type Target, table } from './figures.ts';
import { growthTargets, measureGrowth, printGrowth } from './growth.ts';
import { hotTable, hotTargets, measureHot, printHot } from './hot.ts';
import { localTargets, measureLocal, printLocal } from './local.ts';
import { plotActions, plotBill, plotColdStarts, plotContention, plotGrowth, plotSynth } from './plots.ts';
import { type Stand, startStand } from './stand.ts';
import { measureSynth, printSynth } from './synth.ts';

/** Every section, in the order in which they are printed; cost is made of the first two, and measures them with it. */
const SECTIONS = [
  'actions',
  'cold',
  'cost',
  'contention',
  'hot',
  'growth',
  'bounds',
  'local',
  'synth',
  'create',
  'limits',
] as const;
type Section = (typeof SECTIONS)[number];

const targets: Target[] = [];

const [cpu] = cpus();
const machine = `${cpus().length} × ${cpu?.model.trim()}, Node ${process.version}`;

/** How much the machine has to do. */
const load = () => `load ${loadavg()[0]?.toFixed(1)}`;

/** How much it has to do besides. */
const otherLoad = load();

async function onStand(stand: Stand, wanted: ReadonlySet<Section>): Promise<void> {
  const priced = wanted.has('cost');
  const actions = wanted.has('actions') || priced ? await ofActions(stand) : undefined;
  const cold = wanted.has('cold') || priced ? await ofColdStarts(stand) : undefined;
  const bill = actions && cold && billOf(actions, cold, (await synthesize({ stage: 'production' })).stacks);
  if (bill !== undefined) {
    printBill(bill);
    targets.push(...billTargets(bill));
    await plotBill(bill);
  }
  const contention = wanted.has('contention') ? await measureContention(stand) : undefined;
  if (contention !== undefined) {
    printContention(contention);
    await plotContention(contention);
  }
  if (wanted.has('hot')) {
    const hot = await measureHot(stand);
    printHot(hot);
    targets.push(...hotTargets(hot));
    const text = hotTable(hot, `${machine}, ${otherLoad}`);
    await writeTable({ path: 'docs/hot-items.md', name: 'hot', text });
  }
  if (actions && cold && bill && contention)
    await writeTable({
      path: 'docs/cost.md',
      name: 'bench',
      text: costTable({ machine: `${machine}, ${otherLoad}`, actions, cold, bill, contention }),
    });
  if (wanted.has('growth')) {
    const growth = await measureGrowth(stand);
    printGrowth(growth);
    targets.push(...growthTargets(growth));
    await plotGrowth(growth);
  }
  if (wanted.has('bounds')) {
    const bounds = await measureBounds(stand);
    printBounds(bounds);
    targets.push(...boundTargets(bounds));
    await writeTable({ path: 'docs/limits.md', name: 'bounds', text: boundTable(bounds) });
  }
}

async function ofActions(stand: Stand): Promise<Actions> {
  const actions = await measureActions(stand);
  printActions(actions);
  targets.push(...actionTargets(actions));
  await plotActions(actions);
  return actions;
}

async function ofColdStarts(stand: Stand): Promise<ColdStarts> {
  const cold = await measureColdStarts(stand);
  printColdStarts(cold);
  targets.push(...coldTargets(cold));
  await plotColdStarts(cold);
  return cold;
}

/** Prints benchmarks, each side by side with what it is measured against, and draws them. */
async function bench(wanted: ReadonlySet<Section>): Promise<void> {
  console.log(`${machine}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${otherLoad}\n`);
  const standing = SECTIONS.filter((section) => !['local', 'synth', 'create', 'limits'].includes(section));
  if (standing.some((section) => wanted.has(section))) {
    const stand = await startStand();
    try {
      await onStand(stand, wanted);
    } finally {
      await stand.close();
    }
  }
  if (wanted.has('local')) {
    const local = await measureLocal();
    printLocal(local);
    targets.push(...localTargets(local));
  }
  if (wanted.has('synth')) {
    const synth = await measureSynth();
    printSynth(synth);
    await plotSynth(synth);
  }
  if (wanted.has('create')) {
    const beginnings = await measureBeginnings();
    printBeginnings(beginnings);
    targets.push(...createTargets(beginnings));
  }
  if (wanted.has('limits')) await writeComputedTables();
  if (targets.length > 0) {
    console.log(`promises (${load()} at the end)`);
    table(
      targets.map(({ promise, measured, peer = '', met }) => [
        promise,
        measured,
        peer,
        met ? 'met' : 'MISSED',
      ]),
    );
  }
}

const command = defineCommand({
  name: 'bench',
  summary: `Prints what an action costs, beside the usual way and the floor: ${SECTIONS.join(', ')}.`,
  operands: { '[SECTION…]': 'measured alone (all)' },
  async run({ operands }) {
    const stranger = operands.find((each) => !SECTIONS.some((section) => section === each));
    if (stranger !== undefined)
      throw new UsageError(`there is no section '${stranger}'; choose from ${SECTIONS.join(', ')}`);
    const wanted = SECTIONS.filter((section) => operands.length === 0 || operands.includes(section));
    await bench(new Set(wanted));
  },
});

const status = await runCommand(command, process.argv.slice(2), process.env);
if (status !== 0) process.exit(status);
