import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type Surroundings, tables } from '../../../lib/holdfast/testing/explore/fates.ts';
import type { Call } from '../../../lib/holdfast/testing/explore/hosted-function.ts';
import { itemIn, touchedBy } from '../../../lib/holdfast/testing/explore/store/table.ts';
import type { Reply, World } from '../../../lib/holdfast/testing/explore/store/world.ts';
import { type Answer, RealTables } from './real-tables.ts';

/** A call that a function has made, and of what world. */
interface Made {
  readonly world: World;
  readonly call: Call;
}

const DYNAMODB = 'DynamoDB_20120810.';

/** Values of a call, of which its kind says nothing. */
const VALUES = ['Key', 'Item', 'ExpressionAttributeValues', 'ClientRequestToken'];

/** A call without its values, and how it came out. */
function kindOf({ what, body }: Call, { status, body: told }: Reply): string {
  const asked = JSON.stringify(JSON.parse(body), (name, value) =>
    VALUES.includes(name) ? undefined : value,
  );
  const { __type, CancellationReasons = [], Count = 0, ...members } = JSON.parse(told);
  const reasons = CancellationReasons.map(({ Code, Item }: { Code: string; Item?: object }) => [
    Code,
    Item && 'Item',
  ]);
  return [what, asked, status, __type, ...reasons, Count > 0, ...Object.keys(members)].join(' ');
}

/** What the SDK reads of an answer: of errors, their names and what stands there. Messages are for people. */
function read({ status, body }: Answer) {
  const {
    __type,
    message: _,
    Message: __,
    ScannedCount: ___,
    CancellationReasons,
    ...members
  } = JSON.parse(body);
  const reasons = CancellationReasons?.map(({ Message: ____, ...reason }: { Message?: string }) => reason);
  const error = __type?.split('#').at(-1);
  return { status, ...members, ...(error && { error }), ...(reasons && { reasons }) };
}

/** Calls that functions make of the table in memory, one of each kind, to have DynamoDB answer them too. */
export class Compared {
  readonly #made = new Map<string, Made>();

  /** The same surroundings, whose calls are kept. */
  watched = (surroundings: Surroundings): Surroundings => ({
    ...surroundings,
    serve: (world, call) => {
      const reply = surroundings.serve(world, call);
      if (call.what.startsWith(DYNAMODB)) this.#made.set(kindOf(call, reply), { world, call });
      return reply;
    },
  });

  get kinds(): readonly string[] {
    return [...this.#made.keys()];
  }

  /** Calls that DynamoDB answers otherwise than the table in memory, or of which it leaves something else. */
  async differences(): Promise<readonly string[]> {
    const real = await RealTables.start();
    try {
      const all: string[] = [];
      for (const made of this.#made.values()) all.push(...(await differing(real, made)));
      return all;
    } finally {
      await real.close();
    }
  }
}

/** DynamoDB knows a token for ten minutes, whatever world it was sent in. */
function withOwnToken({ what, body }: Call): Call {
  const { ClientRequestToken: token, ...input } = JSON.parse(body);
  return {
    what,
    body: token === undefined ? body : JSON.stringify({ ...input, ClientRequestToken: randomUUID() }),
  };
}

/** It is sent twice: a transaction is done once, and the second time is answered for its token. */
async function differing(real: RealTables, made: Made): Promise<readonly string[]> {
  const { world } = made;
  const call = withOwnToken(made.call);
  const names = touchedBy(call.what.slice(DYNAMODB.length), call.body).map(({ name }) => name);
  await real.load(world);
  const once = tables.serve(world, call);
  const twice = tables.serve(once.world, call);
  const answers = [await real.send(call, names), await real.send(call, names)];
  const pairs = [
    [[once, twice].map(read), answers.map(read)],
    [names.map((name) => itemIn(twice.world, name)), await Promise.all(names.map((name) => real.item(name)))],
  ];
  return pairs
    .filter(([memory, dynamodb]) => !isDeepStrictEqual(memory, dynamodb))
    .map(
      ([memory, dynamodb]) =>
        `${call.what} ${call.body}: in memory ${JSON.stringify(memory)}, and in DynamoDB ${JSON.stringify(dynamodb)}`,
    );
}
