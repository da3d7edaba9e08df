import { describe, expect, test } from '@jest/globals';
import disbursePayout from '../../../functions/operations/disburse-payout.ts';
import bank from '../../../functions/partners/bank.ts';
import screening from '../../../functions/partners/screening.ts';
import { defineOperation } from '../../../lib/holdfast/core/definitions/define-operation.ts';
import { definePartner, type Partner } from '../../../lib/holdfast/core/partners/define-partner.ts';
import { defineSimulator } from '../../../lib/holdfast/core/partners/define-simulator.ts';

const answers = { at: ['status'], succeeded: ['DONE'] };

const withAnswers = (wrong: object) => ({ answers: { ...answers, ...wrong } });

describe('a partner', () => {
  test.each([
    [
      { timeoutMs: 20_001 },
      "settleSeconds is 30, and a command that was taken on may still be sent for 31 s (timeoutMs 20001 and 10 s of its consumer), so that 'not found' would be believed too early; give 31 at least",
    ],
    [
      { settleSeconds: 14 },
      'settleSeconds is 14, and a command that was taken on may still be sent for 15 s',
    ],
  ])('A11: that settles before its consumer has ended is refused: %j', (wrong, fault) => {
    expect(() => definePartner({ ...bank, ...wrong })).toThrow(`partner 'bank': ${fault}`);
  });

  test('A11: that settles just as its consumer ends is taken', () => {
    expect(definePartner({ ...bank, settleSeconds: 15 }).settleSeconds).toBe(15);
  });

  test.each([
    [withAnswers({ at: [] }), "answers.at is []; name each member once, such as ['status', 'code']"],
    [
      withAnswers({ at: ['a', 'a'] }),
      "answers.at is [a,a]; name each member once, such as ['status', 'code']",
    ],
    [withAnswers({ succeeded: [] }), 'answers.succeeded lists no word, so nothing would ever be done; '],
    [
      withAnswers({ pending: ['DONE'] }),
      "answers lists 'DONE' twice; a word has one meaning, so leave it in one place",
    ],
    [withAnswers({ rejects: { DONE: 'no' } }), "answers lists 'DONE' twice"],
    [withAnswers({ notFound: ['X', 'X'] }), "answers lists 'X' twice"],
    [withAnswers({ unavailable: [''] }), "answers lists '', which no answer can say"],
    [withAnswers({ at: ['a', 'b'], pending: ['X/Y/Z'] }), "answers lists 'X/Y/Z', which no answer can say"],
    [withAnswers({ rejects: { NO: ' ' } }), "answers.rejects gives no reason for 'NO'"],
    [withAnswers({ http: { 302: 'words' } }), 'answers.http names 302, which cannot mean anything'],
    [withAnswers({ http: { 700: 'pending' } }), 'answers.http names 700'],
    [
      withAnswers({ http: { 404: 'notFound' } }),
      "answers.http says 'notFound' of 404; a status alone can be ",
    ],
    [withAnswers({ http: { 422: 'rejected' } }), "answers.http says 'rejected' of 422"],
    [withAnswers({ http: { 200: 'succeeded' } }), "answers.http says 'succeeded' of 200"],
    [{ answers: {} }, 'answers has no table; declare the words of the partner'],
    [{ answers: { transfer: { ...answers, succeeded: [] } } }, 'answers.succeeded lists no word'],
    [{ callback: {} }, 'callback has no reference; name the member of its body that holds ours'],
    [
      { callback: { reference: 'r', answers: { ...answers, succeeded: [] } } },
      'answers.succeeded lists no word',
    ],
    [{ callbackSeconds: 1 }, 'waits for callbacks it cannot read; add callback'],
    [
      { answers: { transfer: answers }, callback: { reference: 'r' } },
      'answers has a table for each command, and a callback names none; give callback.answers',
    ],
  ])('A1: with %j is refused', (wrong, fault) => {
    expect(() => definePartner({ ...bank, ...wrong } as Partner)).toThrow(`partner 'bank': ${fault}`);
  });

  test('may have a table for each command; a step names one of them', () => {
    const tables = definePartner({ ...bank, answers: { transfer: answers } });
    const [screen, transfer] = disbursePayout.steps as [
      (typeof disbursePayout.steps)[0],
      (typeof disbursePayout.steps)[0],
    ];
    const steps = (command: string) => [screen, { ...transfer, partner: tables, command }];

    expect(defineOperation({ ...disbursePayout, steps: steps('transfer') }).steps).toHaveLength(2);
    expect(() => defineOperation({ ...disbursePayout, steps: steps('constructor') })).toThrow(
      "partner 'bank' has no answers for command 'constructor'; add a table to its answers",
    );
  });
});

describe('a simulator', () => {
  const doing = { reference: 'endToEndId', done: 'BOOKED' };

  test.each([
    [bank, { transfers: doing }, "a route is a method and a path, such as 'POST /commands'"],
    [
      bank,
      { 'POST /t': { ...doing, done: 'PAID' } },
      "it says 'PAID', which answers.succeeded does not list",
    ],
    [bank, { 'POST /t': { ...doing, later: 'SOON' } }, "it says 'SOON', which answers.pending does not list"],
    [
      bank,
      { 'POST /t': { ...doing, refused: 'ERROR' } },
      "it says 'ERROR', which answers.rejects does not list",
    ],
    [bank, { 'POST /t': { ...doing, callsBack: true } }, 'it calls back; give the partner a callback'],
    [
      bank,
      { 'GET /t/{reference}': { absent: 'GONE' } },
      "it says 'GONE', which answers.notFound does not list",
    ],
    [bank, { 'GET /t': { absent: 'NOT_FOUND' } }, 'its path has no {reference}'],
    [
      bank,
      { 'GET /t/{reference}': { absent: 'NOT_FOUND', status: { NOT_FOUND: 404 } } },
      "it says a word with 404, where none is read; add 404: 'words' to answers.http",
    ],
    [
      { ...screening, answers: { ...screening.answers, http: {} } } as Partner,
      { 'POST /cases': { reference: 'caseReference', done: 'clear', callsBack: true } },
      "it answers 202 before it calls back; add 202: 'pending' to answers.http",
    ],
  ])('says nothing that its adapter has not declared: %#', (partner, on, fault) => {
    expect(() => defineSimulator({ partner, on })).toThrow(fault);
  });
});
