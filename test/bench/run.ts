import { cpus, totalmem } from 'node:os';
import { actionTargets, measureActions, printActions } from './actions.ts';
import { startStand } from './stand.ts';

const [cpu] = cpus();
console.log(
  `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}\n`,
);
const stand = await startStand();
const actions = await measureActions(stand);
printActions(actions);
console.log(actionTargets(actions));
await stand.close();
