import { answerIn } from '../../../lib/holdfast/testing/explore/http.ts';
import type { Outcome, Scenario } from '../../../lib/holdfast/testing/explore/scenario.ts';
import { imagesOf, itemIn } from '../../../lib/holdfast/testing/explore/store/table.ts';
import type { World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import { Execution } from './drive.ts';
import { EXECUTION, ledgerOf } from './partners.ts';
import type { Ready } from './roles.ts';

/** Turns after which all who act have done so: the sweep comes last. */
const LATER_TURNS = 100;

/**
 * Without the random numbers that tell one who writes an item from another: everybody has ended, and holds none of them, so
 * that whatever is done from here on is done alike.
 */
const anonymous = (world: World): World =>
  world.with(
    world.under('').map(([name, text]) => [name, text.replace(/(?<="commit":\{"S":")[^"]*/g, 'some')]),
  );

/** What an operation, its payout and its partners must agree on, when all has been carried to its end. */
export function operationJudge(ready: Ready): Scenario['judge'] {
  const carried = new Map<string, Promise<World | undefined>>();
  return async (outcome) => {
    const left = anonymous(outcome.world);
    const end =
      carried.get(left.key) ?? new Execution(ready.stand, ready.operation, left, LATER_TURNS).toEnd();
    carried.set(left.key, end);
    const world = await end;
    return world === undefined ? 'the operation comes to no end' : wrongIn(ready, outcome, world);
  };
}

function wrongIn(ready: Ready, outcome: Outcome, world: World): string | undefined {
  const { operation, payout } = ready;
  const item = itemIn(world, `RecordsTable/${operation}`);
  const [state, reason] = [item?.state?.S ?? '', item?.data?.M?.problem?.M?.detail?.S];
  const moved = itemIn(world, `RecordsTable/${payout}`)?.state?.S;
  const ledger = ledgerOf(world);
  const told = `the operation has ${state}${reason === undefined ? '' : ` (${reason})`}, the payout is ${moved}, and partners have ${JSON.stringify([...ledger])}`;
  const expected = { succeeded: 'paid', failed: 'returned', cancelled: 'approved' }[state];
  if (expected === undefined) return `it is not ended: ${told}`;
  const isPaid = [...ledger].some(([name]) => name.startsWith('bank/'));
  const twice = [...ledger].filter(([, { asked }]) => asked > 1).map(([name]) => name);
  const events = imagesOf(world, `RecordsTable/${payout}`).map(({ last, version }) => ({ last, version }));
  const ends = events.filter(({ last }) => last?.M?.actor?.S === 'system:operation');
  const epochs = Number(item?.hidden?.M?.machine?.M?.epoch?.N);
  const executions = world.under(EXECUTION).map(([name]) => name);
  const wrong = [
    ...(moved === expected ? [] : ['the operation and its payout have come to two ends']),
    ...(isPaid === (state === 'succeeded')
      ? []
      : ['money has left and the operation did not succeed, or the other way']),
    ...(twice.length === 0 ? [] : [`${twice.join(', ')} was asked for twice`]),
    ...(ends.length === 1 ? [] : [`the payout has ${ends.length} ends in its history`]),
    ...(events.every(({ version }, i) => version?.N === `${i + 1}`) ? [] : ['its history misses a version']),
    ...(executions.length <= epochs ? [] : [`it was started as ${executions.join(' and ')}`]),
    ...wronglyTold(ready, outcome, world, state),
  ];
  return wrong.length === 0 ? undefined : `${wrong.join('; ')}: ${told}`;
}

/** Whoever was told something, a person or a partner, was told the truth. */
function wronglyTold(
  { stand, payout }: Ready,
  outcome: Outcome,
  world: World,
  state: string,
): readonly string[] {
  const statuses = (name: string) =>
    outcome.clients
      .filter(({ actor }) => actor.function === stand.function(name))
      .map(({ actor, sendings }) => {
        const { outcome: said } = JSON.parse(JSON.parse(actor.order(0, 0).event).body);
        return { said, status: answerIn(sendings.at(-1)?.moment.ended)?.status };
      });
  const resolved = statuses('operations-resolve').filter(({ status }) => status === 202);
  const reference = `references#screening#${payout.split('#').at(-1)}-a1`;
  const verdict = itemIn(world, `RecordsTable/${reference}`)?.outcome?.M?.kind?.S;
  const contradicted = { succeeded: 'rejected', failed: 'succeeded' }[state];
  return [
    // What a person has said comes first.
    ...(verdict !== undefined && verdict === contradicted && resolved.length === 0
      ? [`the verdict that is kept is ${verdict}`]
      : []),
    ...statuses('operations-cancel').flatMap(({ status }) =>
      (status === 202) === (state === 'cancelled') ? [] : [`a cancel was answered ${status}`],
    ),
    ...(resolved.length < 2 ? [] : ['two persons have resolved it']),
    ...resolved.flatMap(({ said }) =>
      said === 'retry' || said === state ? [] : [`it was resolved as ${said}`],
    ),
  ];
}
