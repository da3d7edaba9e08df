import { describe, expect, test } from '@jest/globals';
import disbursePayout from '../../functions/operations/disburse-payout.ts';
import bank from '../../functions/partners/bank.ts';
import type { Operation } from '../../lib/holdfast/core/definitions/define-operation.ts';
import { directive } from '../../lib/holdfast/core/operations/operation-directive.ts';
import { advance } from '../../lib/holdfast/core/operations/operation-machine.ts';
import {
  accepted,
  isFinal,
  type Progress,
  resolvedAs,
} from '../../lib/holdfast/core/operations/operation-progress.ts';
import { type OperationSubject, referenceOf } from '../../lib/holdfast/core/operations/operations.ts';
import { type Answers, answersFor, readAnswer } from '../../lib/holdfast/core/partners/answers.ts';
import type { PartnerRequest } from '../../lib/holdfast/core/partners/define-partner.ts';
import { checkedOutcome, type Outcome } from '../../lib/holdfast/core/partners/outcome.ts';
import { seeded } from '../../lib/holdfast/testing/crash/seeded.ts';
import { LATE_MS, ModelBank } from './model-bank.ts';

/** A read of an outcome, as the kit does it, or as a mutant would. */
type Read = (...read: Parameters<typeof readAnswer>) => Outcome;

const asTheKit: Read = (...read) => checkedOutcome(readAnswer(...read).outcome);

/** No operation takes more turns in its two days. */
const MAX_TURNS = 5_000;

/** One payout, disbursed, and where it comes back, reopened and disbursed again; on a clock of its own. */
class Script {
  readonly #operation: Operation;
  readonly #random: () => number;
  readonly #read: Read;
  readonly bank: ModelBank;
  readonly faults: string[] = [];
  /** Final words of the bank that reached the operation, by reference. */
  readonly #heard = new Map<string, Set<string>>();
  #now = 1_800_000_000_000;
  needsAttention = 0;

  constructor(seed: number, read: Read, operation: Operation) {
    this.#operation = operation;
    this.#random = seeded(seed);
    this.#read = read;
    this.bank = new ModelBank(this.#random);
  }

  async run(): Promise<readonly string[]> {
    const states: string[] = [];
    for (let ordinal = 1; ordinal <= 2 && states.at(-1) !== 'succeeded'; ordinal++) {
      states.push(await this.#disburse(ordinal));
    }
    if (this.bank.paid().length > 1) this.faults.push(`paid twice: ${this.bank.paid()}`);
    return states;
  }

  async #disburse(ordinal: number): Promise<string> {
    const subject: OperationSubject = {
      definition: disbursePayout.name,
      action: 'disburse',
      resource: { type: 'payouts', id: 'po_1' },
      ordinal,
      version: 1,
    };
    const reference = referenceOf(this.#operation, subject, 'transfer', false);
    let progress = accepted(this.#operation, this.#now);
    for (let turn = 0; !isFinal(progress.state); turn++) {
      if (turn > MAX_TURNS) {
        this.faults.push(`${reference} is stuck: ${JSON.stringify(progress)}`);
        return 'stuck';
      }
      if (progress.state === 'needs-attention') progress = this.#resolve(progress, reference);
      progress = await this.#turn(progress, reference);
    }
    this.#judge(progress, reference);
    return progress.state;
  }

  /** What the execution does next, and what comes of it. */
  async #turn(given: Progress, reference: string): Promise<Progress> {
    const progress = advance(this.#operation, given, { type: 'proceed' }, this.#now);
    const todo = directive(this.#operation, progress, this.#now);
    if (todo.do === 'end') return progress;
    const { step, undo, attempt } = todo;
    const command = { step, undo, attempt };
    if (todo.do === 'wait') {
      this.#now += todo.timeoutSeconds * 1000;
      return advance(this.#operation, progress, { type: 'timeout', ...command }, this.#now, this.#random());
    }
    const claimed =
      todo.mode === 'send'
        ? advance(this.#operation, progress, { type: 'claim', ...command }, this.#now)
        : progress;
    if (claimed.state === 'needs-attention') return claimed;
    const outcome: Outcome =
      step === 'transfer' ? await this.#deliver(todo.mode, reference) : { kind: 'succeeded' };
    if (step === 'transfer' && this.bank.said !== undefined)
      this.#heard.set(reference, (this.#heard.get(reference) ?? new Set()).add(this.bank.said));
    return advance(
      this.#operation,
      claimed,
      { type: 'report', ...command, outcome },
      this.#now,
      this.#random(),
    );
  }

  /** A consumer at work: it may die before it has called, after, or while its call is still on its way. */
  async #deliver(mode: 'send' | 'query', reference: string): Promise<Outcome> {
    const fate = mode === 'send' ? this.#random() : 1;
    if (fate < 0.05) this.bank.orderLate(reference, this.#now);
    if (fate < 0.1) return this.#call('query', reference);
    const outcome = await this.#call(mode, reference);
    return fate < 0.15 ? this.#call('query', reference) : outcome;
  }

  async #call(mode: 'send' | 'query', reference: string): Promise<Outcome> {
    this.#now += this.#random() * bank.timeoutMs;
    const request: PartnerRequest = async (method) =>
      method === 'POST' ? this.bank.order(reference, this.#now) : this.bank.tell(reference, this.#now);
    const command = { name: 'transfer', reference, input: {} };
    const reply = await bank[mode]?.(command, { request });
    if (reply === undefined) throw new Error('the bank has no such way');
    const outcome = this.#read(answersFor(bank.answers, 'transfer') as Answers, reply, mode);
    return mode === 'query' && outcome.kind === 'unavailable' ? { kind: 'unknown' } : outcome;
  }

  /** A person looks into the bank's books. */
  #resolve(progress: Progress, reference: string): Progress {
    this.needsAttention++;
    const said = [...(this.#heard.get(reference) ?? [])];
    if (said.length > 0) this.faults.push(`${reference} needs attention, and the bank said ${said}`);
    this.#now += LATE_MS;
    return resolvedAs(progress, this.bank.paid().includes(reference) ? 'succeeded' : 'failed');
  }

  #judge({ state, reason = '' }: Progress, reference: string): void {
    const isPaid = this.bank.paid().includes(reference);
    const said = this.#heard.get(reference) ?? new Set();
    const told = JSON.stringify({ state, reason, isPaid, said: [...said] });
    if ((state === 'succeeded') !== isPaid) this.faults.push(`${reference} ended wrongly: ${told}`);
    const isClaimed = state === 'succeeded' || reason === "the beneficiary's account is closed";
    const word = state === 'succeeded' ? 'BOOKED' : 'AC04';
    if (isClaimed && this.needsAttention === 0 && !said.has(word))
      this.faults.push(`${reference} ended as the bank never said: ${told}`);
  }
}

async function runScripts(seeds: number, read: Read, operation: Operation = disbursePayout as Operation) {
  const faults: string[] = [];
  const ends = new Map<string, number>();
  let attention = 0;
  for (let seed = 1; seed <= seeds; seed++) {
    const script = new Script(seed, read, operation);
    const states = (await script.run()).join(', ');
    ends.set(states, (ends.get(states) ?? 0) + 1);
    attention += script.needsAttention;
    faults.push(...script.faults.map((fault) => `seed ${seed}: ${fault}`));
  }
  return { faults, ends: Object.fromEntries(ends), attention };
}

/** Gives up with the first answer that is taken for not done: what is believed wrongly shows at once. */
function hasty(settleSeconds: number): Operation {
  const partner = { ...bank, settleSeconds, retry: { ...bank.retry, maxAttempts: 1 } };
  const steps = disbursePayout.steps.map((step) => (step.partner === bank ? { ...step, partner } : step));
  return { ...disbursePayout, steps } as Operation;
}

describe('1,000 scripts of answers of a bank, over disburse, reopen and disburse', () => {
  test('A1: money leaves once at most, nothing is final that the bank did not say, and attention is never wrong', async () => {
    const { faults, ends, attention } = await runScripts(1_000, asTheKit);

    expect(faults).toEqual([]);
    // The scripts reach every end, and each way there.
    expect(Object.keys(ends).sort()).toEqual(['failed, failed', 'failed, succeeded', 'succeeded']);
    expect(attention).toBeGreaterThan(0);
  }, 60_000);

  test.each<[string, Read]>([
    [
      'an unknown word is taken for a refusal',
      (...read) => {
        const outcome = asTheKit(...read);
        return outcome.kind === 'unknown' && read[1].content === 'json'
          ? { kind: 'rejected', reason: 'the bank refused the transfer' }
          : outcome;
      },
    ],
    [
      'what was not answered is taken for not done',
      (answers, reply, mode) =>
        reply.content === 'unanswered' ? { kind: 'unavailable' } : asTheKit(answers, reply, mode),
    ],
    [
      'words are read whatever the status',
      (answers, reply, mode) =>
        asTheKit(answers, reply.status > 299 ? { ...reply, status: 200 } : reply, mode),
    ],
  ])(
    'find the mutant in which %s',
    async (_, mutant) => {
      const { faults } = await runScripts(300, mutant, hasty(bank.settleSeconds));

      expect(faults.length).toBeGreaterThan(0);
    },
    60_000,
  );

  test.each([
    ['are right where not found is believed when no consumer can send any more', bank.settleSeconds, false],
    ['find the mutant in which not found is believed while one still can', 0, true],
  ])('A11: %s', async (_, settleSeconds, isMutant) => {
    const { faults } = await runScripts(300, asTheKit, hasty(settleSeconds));

    expect(faults.length > 0).toBe(isMutant);
  });
});
