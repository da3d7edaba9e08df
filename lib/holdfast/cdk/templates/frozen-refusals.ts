import { dueShardRefusals } from './due-shards.ts';
import type { Frozen } from './frozen.ts';
import { receiptRefusals } from './receipt-forms.ts';
import { ruleRefusals } from './rules.ts';
import { shapeRefusals } from './stored-shapes.ts';

/**
 * Why templates may not be deployed over what there is: for each fault one sentence, with the remedy. None means that no
 * data is left behind, no stack gets stuck, and nobody's output vanishes.
 * @param before what is recorded, or deployed
 * @param after what is to be deployed
 */
export function refusals(before: Frozen, after: Frozen): readonly string[] {
  return [
    ...prefixes(before, after),
    ...tables(before, after),
    ...renamed(before, after),
    ...outputsGone(before, after),
    ...moved(before, after),
    ...ruleRefusals(before.rules, after.rules),
    ...dueShardRefusals(before.dueShards, after.dueShards),
    ...receiptRefusals(before.receipts, after.receipts),
    // Where no service is yet, nothing reads.
    ...(before.dueShards === undefined ? [] : shapeRefusals(before.shapes, after.shapes)),
  ];
}

/** Names of stacks are what CloudFormation knows a deployment by. */
function prefixes({ prefix: before }: Frozen, { prefix: after }: Frozen): string[] {
  if (before === undefined || after === undefined || before === after) return [];
  return [
    `every stage would come up in new, empty stacks under the prefix '${after}', and its data stay in those of '${before}'; set prefix: '${before}' in lib/service.ts, or where no stage is deployed yet, take prefix out of lib/recorded/frozen.json and commit that first`,
  ];
}

function tables(before: Frozen, after: Frozen): string[] {
  return Object.entries(before.tables).flatMap(([id, { key, indexes }]) => {
    const now = after.tables[id];
    if (now === undefined) {
      return [
        `table ${id} is gone from the state stack, and CloudFormation would leave its data behind; give it its logical id back (lib/holdfast/cdk/tables/records-table.ts)`,
      ];
    }
    if (now.key !== key) {
      return [
        `the key of table ${id} was '${key}' and would be '${now.key}', which makes a new and empty table; leave the key, and copy into a table of another name`,
      ];
    }
    return indexChanges(id, indexes, now.indexes);
  });
}

type Indexes = Readonly<Record<string, string>>;

/** DynamoDB makes or deletes one index per update, and CloudFormation waits for none of them. */
function indexChanges(table: string, before: Indexes, after: Indexes): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const redefined = names.filter(
    (name) => before[name] !== undefined && after[name] !== undefined && before[name] !== after[name],
  );
  const changed = names.filter((name) => (before[name] === undefined) !== (after[name] === undefined));
  return [
    ...redefined.map(
      (name) =>
        `index ${name} of table ${table} changed, and DynamoDB cannot change an index in place; add one of another name, deploy, read from it, and remove ${name} with a later deployment`,
    ),
    ...(changed.length > 1
      ? [
          `${changed.length} indexes of table ${table} would come or go at once (${changed.join(', ')}), and DynamoDB changes one per update; take one alone, record and commit it, then the next: a stage that stands is deployed with each of these commits`,
        ]
      : []),
  ];
}

/** A pool or secret under another logical id is a new one: whoever has the old one's is locked out. */
function renamed(before: Frozen, after: Frozen): string[] {
  const gone = Object.keys(before.others).filter((id) => after.others[id] === undefined);
  return gone.flatMap((id) => {
    const [instead] =
      Object.entries(after.others).find(
        ([other, type]) => before.others[other] === undefined && type === before.others[id],
      ) ?? [];
    return instead === undefined
      ? []
      : [
          `${before.others[id]} ${id} would be replaced by ${instead}, a new one, and whoever uses the old one is locked out; give the construct its old id back`,
        ];
  });
}

function outputsGone(before: Frozen, after: Frozen): string[] {
  return before.outputs
    .filter((name) => !after.outputs.includes(name) && !POOL_OUTPUTS.includes(name))
    .map(
      (name) =>
        `output ${name} is gone, and people and programs read it; keep it, beside the one that takes its place`,
    );
}

/** There while the stage has a user pool of its own. */
const POOL_OUTPUTS = ['Clients', 'TokenUrl', 'UserPoolId'];

/** A function that moves is deleted in one stack while it is made in the other. */
function moved(before: Frozen, after: Frozen): string[] {
  return Object.entries(before.nests)
    .filter(([name, nest]) => after.nests[name] !== undefined && after.nests[name] !== nest)
    .map(
      ([name, nest]) =>
        `function ${name} would move from nested stack ${nest} to ${after.nests[name]}; set it back to ${nest} in lib/recorded/frozen.json`,
    );
}
