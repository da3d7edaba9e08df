import { expect, test } from '@jest/globals';
import { type Resource, synthesizeStage } from '../support/templates.ts';

/** Whether AWS refuses to delete it, CloudFormation included. */
const isProtected = ({ Properties }: Resource) =>
  /"DeletionProtection(Enabled)?":(true|"ACTIVE")/.test(JSON.stringify(Properties));

// B12: a rollback of the first deployment could not delete it, and the stack would be neither there nor gone.
test('nothing that may fail is made after what is protected from deletion', async () => {
  const { state } = await synthesizeStage('production');
  const kept = Object.keys(state).filter((id) => isProtected(state[id] as Resource));
  const after = Object.entries(state).filter(
    ([id, resource]) =>
      !kept.includes(id) && kept.some((other) => JSON.stringify(resource).includes(`"${other}"`)),
  );

  expect(kept.sort()).toEqual(['HistoryTable', 'IdempotencyTable', 'RecordsTable']);
  expect(after.map(([id]) => id)).toEqual([]);
});
