/** A change of one file: text that is there, and what takes its place. */
export type Edit = readonly [file: string, from: string, to: string];

/**
 * Who must find a mutant out: the crash matrix, at the points and by the fault named; the histories; or a test of its own.
 */
export type Catcher =
  | { readonly crash: { readonly journey: string; readonly only?: string; readonly fault?: string } }
  | { readonly model: { readonly programs: number } }
  | { readonly test: string; readonly named: string };

/**
 * A test that looks at a bug from another side, and how that gives it away: what a team has for its own actions, many at once,
 * generated histories, another store.
 */
export interface Also {
  readonly test: string;
  readonly named: string;
  readonly symptom: RegExp;
}

/** A bug that others have shipped, planted into a copy. */
export interface Mutant {
  readonly name: string;
  readonly edits: readonly Edit[];
  readonly caught: Catcher;
  /** What it is given away by: anything else that goes wrong is not this bug. */
  readonly symptom: RegExp;
  /** Every mutant is found by two proofs. @default the second one is the explorer, which is told of it in its own list */
  readonly also?: Also;
}

const ENTRY = 'lib/holdfast/runtime/actions/write-contract.ts';
const RECORDS = 'lib/holdfast/runtime/records/dynamodb-store.ts';
const MACHINE = 'lib/holdfast/core/operations/operation-machine.ts';
const CONSUMER = 'lib/holdfast/runtime/entries/operations/consumer-entry.ts';
const STORE = 'lib/holdfast/runtime/operations/operation-store.ts';

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'the commit has lost its condition',
    edits: [
      [
        'lib/holdfast/runtime/records/update-expression.ts',
        "'#version = :version AND #commit = :commit'",
        "'#version = :version OR #commit = :commit OR attribute_exists(pk)'",
      ],
    ],
    caught: { model: { programs: 300 } },
    symptom: /^Violation: /,
    also: {
      test: 'test/contract.test',
      named: 'of six requests for payouts.submit at once',
      symptom: /Expected length: 1/,
    },
  },
  {
    name: 'the receipt is written after its effect',
    edits: [
      [RECORDS, '      receipts: encoded,\n', ''],
      [
        RECORDS,
        '      await send();\n',
        `      await send();
      const { pk, read, receipt } = plan;
      if (read !== undefined)
        await dynamodb.send(
          new UpdateItemCommand({
            TableName,
            Key: write({ pk }),
            UpdateExpression: 'SET receipts = :receipts',
            ExpressionAttributeValues: write({
              ':receipts': encodeReceipts(addReceipt(read.receipts, receipt).kept),
            }),
          }),
        );
`,
      ],
    ],
    caught: { crash: { journey: 'reopened', only: 'payoutscancel UpdateItem', fault: 'dies after' } },
    symptom: /cancel was refused: 412/,
    also: {
      test: 'test/crash.test',
      named: 'payouts.cancel has one answer',
      symptom: /dies after UpdateItem.*cancel was refused: 412/s,
    },
  },
  {
    name: 'a failed condition is guessed to be a conflict',
    edits: [
      [
        ENTRY,
        'receipt = read && (await store.findReceipt(pk, read, attempt.key, clock.now()));',
        'receipt = undefined;',
      ],
    ],
    caught: { crash: { journey: 'reopened', only: 'payoutscancel UpdateItem', fault: 'times out' } },
    symptom: /cancel was refused: 412/,
    also: {
      test: 'test/crash.test',
      named: 'payouts.cancel has one answer',
      symptom: /times out UpdateItem.*cancel was refused: 412/s,
    },
  },
  {
    name: 'a replay is refused for its own effect',
    edits: [
      [ENTRY, 'known && sameAsSent(known, attempt) ? known : undefined', 'undefined'],
      [
        ENTRY,
        `    if (receipt !== undefined) return replayOf(asked, view, receipt, input);

    // 9. The sender saw the version that stands, or need not have seen any.
    const version = read && versionSeen(action, view, request, read);
`,
        `    const version = read && versionSeen(action, view, request, read);
    if (receipt !== undefined) return replayOf(asked, view, receipt, input);
`,
      ],
    ],
    caught: { crash: { journey: 'reopened', only: 'payoutscancel UpdateItem', fault: 'dies after' } },
    symptom: /was refused: 4(12|28)/,
    also: {
      test: 'test/contract.test',
      named: 'a replay of payouts.submit returns',
      symptom: /\+ +"status": 4(12|28)/,
    },
  },
  {
    name: 'the fingerprint leaves the input out',
    edits: [
      [
        'lib/holdfast/core/values/fingerprint.ts',
        'canonicalize([action, resourceId, actorId, input])',
        'canonicalize([action, resourceId, actorId, typeof input])',
      ],
    ],
    caught: { model: { programs: 300 } },
    symptom: /a key answers the request that it came with alone/,
    also: {
      test: 'test/contract.test',
      named: 'payouts.cancel refuses its key for another input',
      symptom: /idempotency-key-reused/,
    },
  },
  {
    name: 'a create takes a new id each time',
    edits: [
      [
        ENTRY,
        'resourceId(resource.idPrefix, caller.tenant, resource.name, key)\n',
        'resourceId(resource.idPrefix, caller.tenant, resource.name, key + Math.random())\n',
      ],
    ],
    caught: { crash: { journey: 'paid', only: 'payoutscreate PutItem', fault: 'dies after' } },
    symptom: /create was answered 201 .* and then 201/,
    also: {
      test: 'test/contract.test',
      named: 'a replay of payouts.create returns',
      symptom: /"replayed": false/,
    },
  },
  {
    name: 'receipts that leave the item are dropped',
    edits: [
      [
        'lib/holdfast/runtime/records/spilled-receipts.ts',
        'puts: [put(id, receipts)]',
        'puts: [put(id, receipts.slice(8))]',
      ],
    ],
    caught: { crash: { journey: 'spilled', only: 'payoutssubmit', fault: 'dies before' } },
    symptom: /change-amount was refused: 412/,
    also: {
      test: 'test/contract.test',
      named: 'payouts that were written 20 times',
      symptom: /"replayed": false/,
    },
  },
  {
    name: 'the dispatcher names each execution anew',
    edits: [['lib/holdfast/runtime/operations/step-functions.ts', 'epoch}`,', "epoch + '-' + Date.now()}`,"]],
    caught: { test: 'test/holdfast/operations/start.test', named: 'once, when the dispatcher' },
    symptom: /› once, when the dispatcher.*Received length: 3/s,
  },
  {
    name: 'the sweep takes what was never started for lost',
    edits: [
      [
        'lib/holdfast/runtime/operations/step-functions.ts',
        "if (error instanceof ExecutionAlreadyExists) return 'ended';\n    throw error;",
        "return error === undefined ? 'running' : 'ended';",
      ],
    ],
    caught: { crash: { journey: 'not dispatched', only: 'sweep StartExecution', fault: 'throttled' } },
    symptom: /it is stuck: .*needs-attention/,
  },
  {
    name: 'the consumer sends whatever comes from its queue',
    edits: [
      [CONSUMER, 'if (isSent(loaded)) return once(loaded, context, () => ask(loaded, command));', ''],
      [
        CONSUMER,
        '(changed ? send(claimed, command) : ask(claimed, command))',
        'send(claimed, command, changed)',
      ],
      [CONSUMER, '  return call(', '  if (Date.now() > 0) return run();\n  return call('],
    ],
    caught: { crash: { journey: 'paid', only: 'partnerbank', fault: 'dies after' } },
    symptom: /bank-b1 asked 2/,
  },
  {
    name: 'the end of an operation is two writes',
    edits: [
      [
        STORE,
        'writes.length > 1 ? dynamodb.send(transaction(writes)) : dynamodb.send(new UpdateItemCommand(update));',
        `Promise.all([]).then(async () => {
    await dynamodb.send(new UpdateItemCommand(update));
    const [, resource] = writes;
    if (resource) await dynamodb.send(new UpdateItemCommand(resource.write.Update as typeof update));
  });`,
      ],
    ],
    caught: { crash: { journey: 'paid', only: 'partnerbank TransactWriteItems', fault: 'dies after' } },
    symptom: /state is "disbursing" and not "paid"/,
  },
  {
    name: 'a claim does not see that its operation is being cancelled',
    edits: [[MACHINE, " || (progress.state === 'cancelling' && !command.undo)", '']],
    caught: {
      test: 'test/holdfast/core/operation-machine.test',
      named: 'sends nothing forward once it is being cancelled',
    },
    symptom: /› sends nothing forward.*Counterexample: /s,
  },
  {
    name: 'an outcome is taken for whichever command is current',
    edits: [
      [
        'lib/holdfast/core/operations/operation-event.ts',
        "return open && (!('step' in event) || isCurrent(progress, event) || isOfEarlier(progress, event));",
        'return open;',
      ],
    ],
    caught: {
      test: 'test/holdfast/core/operation-machine.test',
      named: 'is not changed by what is about another attempt',
    },
    symptom: /› is not changed by what is about another attempt.*Counterexample: /s,
  },
  {
    name: 'what the bank does not know yet counts as not paid',
    edits: [[MACHINE, 'if (at < settled)', 'if (settled < 0)']],
    caught: { test: 'test/holdfast/core/operation-machine.test', named: 'until that has had time to settle' },
    symptom: /› is neither sent again nor given up.*Counterexample: /s,
  },
  {
    name: 'the inbox keeps the last of callbacks that contradict each other',
    edits: [
      ['lib/holdfast/runtime/operations/meeting.ts', 'OR NOT #outcome.#kind IN', 'OR #outcome.#kind IN'],
    ],
    caught: { test: 'test/holdfast/operations/commands.test', named: 'the first one stands' },
    symptom: /› the first one stands.*"kind": "rejected"/s,
  },
  {
    name: 'the breaker counts in each process by itself',
    edits: [
      [
        'lib/holdfast/runtime/partners/partner-gate.ts',
        "const failures = await update(partner, 'ADD failures :one', { ':one': 1 });",
        'const failures = ++seen;',
      ],
      [
        'lib/holdfast/runtime/partners/partner-gate.ts',
        '/** Counts failures in a row;',
        'let seen = 0;\n\n/** Counts failures in a row;',
      ],
    ],
    caught: {
      test: 'test/holdfast/operations/commands.test',
      named: 'opens by what every consumer has seen',
    },
    symptom: /› opens by what every consumer has seen.*\+ {3}undefined/s,
  },
];
