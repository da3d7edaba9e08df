import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { completedRules, forgetGone, recordCompleted } from '../../../../lib/holdfast/backfill/completed.ts';
import { afterRelease, beforeRelease } from '../../../../lib/holdfast/cli/backfill/around-release.ts';
import { write } from '../../../../lib/holdfast/runtime/aws/attributes.ts';
import { RECORDS as TableName } from '../../support/items.ts';
import { COUNT, Notebook } from './notebook.ts';
import { guarded, note, notesWith, titled } from './notes.ts';

const book = Notebook.inThisFile();
const { clientOf, countOf, get, notes, put, table, through } = book;

describe('a backfill', () => {
  test('gives each item what is kept with a version, and changes nothing else of any', async () => {
    await put({ pk: 'partners#bank', failures: 3 });

    const done = await through();

    expect(done).toEqual({ looked: COUNT, written: COUNT, taken: [], completed: ['titled.title of notes'] });
    expect(await get(note(7).pk)).toEqual({ ...note(7), l1: 't7' });
    expect(await get('partners#bank')).toEqual({ pk: 'partners#bank', failures: 3 });
    expect(await completedRules(table(), notes)).toEqual(notes.extensions?.[0]?.rules);
  });

  test('removes what is not kept any more, and writes nothing where all is as it would be kept', async () => {
    await through();
    await put({ ...note(7), data: {}, l1: 'stale' });
    book.names.length = 0;

    expect(await through()).toMatchObject({ looked: COUNT, written: 1 });
    expect(await get(note(7).pk)).toEqual({ ...note(7), data: {} });
    book.names.length = 0;
    expect(await through()).toMatchObject({ written: 0 });
  });

  test('reads an item again that was written since it was read, and leaves what was written', async () => {
    const other = clientOf();
    book.asked = async (command) => {
      if (command !== 'UpdateItemCommand' || countOf('UpdateItemCommand') < 6) return;
      book.asked = () => undefined;
      for (const n of [0, 1, 2, 3, 50, 99])
        await other.send(
          new UpdateItemCommand({
            TableName,
            Key: write({ pk: note(n).pk }),
            UpdateExpression: 'SET #data = :data, version = version + :one, l1 = :title',
            ExpressionAttributeNames: { '#data': 'data' },
            ExpressionAttributeValues: write({ ':data': { title: 'new' }, ':title': 'new', ':one': 1 }),
          }),
        );
    };

    expect(await through()).toMatchObject({ looked: COUNT, completed: ['titled.title of notes'] });
    other.destroy();

    for (const n of [0, 1, 2, 3, 50, 99])
      expect(await get(note(n).pk)).toMatchObject({ data: { title: 'new' }, version: 2, l1: 'new' });
  });

  test('that is interrupted records nothing, and is gone on with where it ended', async () => {
    let scans = 0;
    book.asked = (command) => {
      if (command === 'ScanCommand' && ++scans > 4) throw new Error('the connection broke');
    };
    await put({ ...note(COUNT), pk: 'notes#acme#no_last' });
    await expect(through({ page: 10 })).rejects.toThrow('the connection broke');
    expect(await completedRules(table(), notes)).toEqual({});
    book.asked = () => undefined;
    book.names.length = 0;

    const rest = await through({ page: 10 });

    expect(rest.looked).toBeGreaterThan(0);
    expect(rest.looked).toBeLessThanOrEqual(COUNT + 1 - 4 * 8);
    expect(rest.completed).toEqual(['titled.title of notes']);
    expect((await through()).written).toBe(0);
  });

  test('that went by other rules is begun anew', async () => {
    book.asked = (command) => {
      if (command === 'ScanCommand' && countOf('ScanCommand') > 4) throw new Error('the connection broke');
    };
    await expect(through({ page: 10 })).rejects.toThrow('the connection broke');
    book.asked = () => undefined;
    const other = notesWith({ ...titled, rules: { 'titled.title': 'the title, in other words' } });

    expect(await through({ resources: [other] })).toMatchObject({ looked: COUNT });
  });

  test('does not count where something came in the way meanwhile', async () => {
    const done = await through({ counts: async () => false });

    expect(done).toMatchObject({ written: COUNT, completed: [] });
    expect(await completedRules(table(), notes)).toEqual({});
  });

  test('lists what something else has, completes the rest of that item, and records only the rules that hold', async () => {
    await put({ ...note(8), data: { title: 't9' } });
    await put({ pk: 'guards#notes#t5', owner: 'notes#acme#no_gone' });

    const done = await through({ resources: [notesWith(titled, guarded)] });

    expect(done.looked).toBe(COUNT);
    expect(done.completed).toEqual(['titled.title of notes']);
    expect(done.taken.map(({ label }) => label).sort()).toEqual(['guard:t5', 'guard:t9']);
    expect(await get(note(5).pk)).toEqual({ ...note(5), l1: 't5' });
    expect(await get('guards#notes#t5')).toMatchObject({ owner: 'notes#acme#no_gone' });
    expect(await get(note(6).pk)).toEqual({ ...note(6), l1: 't6', derived: { guard: 't6' } });
    expect(await get('guards#notes#t6')).toEqual({ pk: 'guards#notes#t6', owner: note(6).pk });
  });

  test('that meets an item in a shape which this release does not read says which, and what to do', async () => {
    await put({ ...note(7), data: { title: 't7', '#shape': 2 } });

    await expect(through()).rejects.toThrow(
      'notes#acme#no_7 cannot be read: notes#acme#no_7 is kept in shape 2, and this release reads 1; deploy the release that wrote it',
    );
    expect(await completedRules(table(), notes)).toEqual({});
  });

  test('keeps to its rate', async () => {
    const started = performance.now();

    await through({ rate: 500 });

    expect(performance.now() - started).toBeGreaterThan(2 * COUNT - 25);
  });
});

describe('around a release', () => {
  const rules = { notes: { 'titled.title': 'as it is', 'guarded.title': 'one of each' } };
  const deployed = { template: { Resources: {}, Metadata: { holdfast: { rules } } } };
  const told: string[] = [];
  const print = (line: string) => void told.push(line);
  const released = (after: typeof rules | { readonly notes: object } | undefined) => ({
    stage: 'dev',
    rules: Object(after),
    table: async () => table(),
  });
  beforeEach(async () => {
    told.length = 0;
    await recordCompleted(table(), notes, rules.notes);
  });

  test('what it lacks or keeps otherwise is forgotten before it comes, and nothing else', async () => {
    await beforeRelease(released({ notes: { 'titled.title': 'as it is' } }), deployed, print);

    expect(await completedRules(table(), notes)).toEqual({ 'titled.title': 'as it is' });
    expect(told).toEqual([expect.stringContaining('this release lacks guarded.title of notes')]);
    await beforeRelease(released({ notes: { 'titled.title': 'in another order' } }), deployed, print);
    expect(await completedRules(table(), notes)).toEqual({});
    expect(await forgetGone(table(), ['notes'], rules)).toEqual([]);
  });

  test('nothing is gone through after it where all of it was complete', async () => {
    let runs = 0;
    const run = async () => void runs++;

    await afterRelease(released(rules), run, print);
    expect(runs).toBe(0);
    await afterRelease({ ...released(rules), rules: undefined }, run, print);
    expect(runs).toBe(0);
    await recordCompleted(table(), notes, { 'titled.title': 'as it is' });
    await afterRelease(released(rules), run, print);
    expect(runs).toBe(1);
  });

  test('a backfill that something stands against does not undo it, and the command for it is told', async () => {
    await recordCompleted(table(), notes, {});

    await afterRelease(
      released(rules),
      async () => {
        throw new Error('traffic is being shifted');
      },
      print,
    );

    expect(told).toEqual([
      'lists that are not complete are refused until npm run backfill -- --stage dev --yes has gone through: traffic is being shifted',
    ]);
  });
});
