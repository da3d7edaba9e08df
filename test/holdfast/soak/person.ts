import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, freshKey, type Sending, type User } from '../support/client.ts';
import { type Told, versionOf } from './told.ts';

/** Between two attempts that nobody answered: a restart takes seconds. */
const AGAIN_MS = 500;

/** One who has waited so long has been let down. */
const PATIENCE_MS = 240_000;

/** How often a request that was answered is sent once more, to see the answer again. */
const SENT_AGAIN = 0.15;

/** A client that does as the contract says: one key for each thing to do, and the same with every retry. */
export class Person {
  readonly name: string;
  readonly #user: User;
  readonly #told: Told;
  readonly #random: () => number;
  /** The newest version of each payout that this person has seen. */
  readonly #seen = new Map<string, number>();

  constructor(name: string, user: User, told: Told, random: () => number) {
    this.name = name;
    this.#user = user;
    this.#told = told;
    this.#random = random;
  }

  /** Whether this person has made the payout, or worked on it. */
  hasSeen(payout: string): boolean {
    return this.#seen.has(payout);
  }

  /** A new draft. */
  create(body: object): Promise<Answer> {
    return this.#write('create', '/payouts', { body });
  }

  /** An action on a payout as it was seen. */
  act(action: string, on: Answer, body: object = {}): Promise<Answer> {
    return this.#write(
      action,
      `/payouts/${on.json.id}/${action}`,
      { body, ifMatch: on.etag },
      String(on.json.id),
    );
  }

  /** Takes an operation back, if that can still be done. */
  async cancel(operation: string): Promise<Answer> {
    const key = freshKey();
    const answer = await this.#insist(() => this.#user.post(`/operations/${operation}/cancel`, { key }));
    this.#told.count(`cancel an operation: ${answer.status}`);
    const known = this.#told.operations.get(operation);
    if (answer.status === 202 && known !== undefined) known.cancelled = true;
    return answer;
  }

  /** Ends an operation by hand, as support does. */
  resolve(operation: string, outcome: 'succeeded' | 'failed' | 'retry', evidence: string): Promise<Answer> {
    const key = freshKey();
    return this.#insist(() =>
      this.#user.post(`/operations/${operation}/resolve`, { key, body: { outcome, evidence } }),
    );
  }

  /** A payout as it is; never older than this person has seen it. */
  async read(payout: string): Promise<Answer> {
    const least = this.#seen.get(payout) ?? 0;
    const answer = await this.get(`/payouts/${payout}`);
    if (answer.status !== 200) this.#violate(`${payout} was there, and is answered ${answer.status}`);
    else if (Number(answer.json.version) < least)
      this.#violate(`${payout} was read at version ${answer.json.version} after ${least}`);
    this.#see(answer);
    return answer;
  }

  /** Whatever can be read. */
  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const answer = await this.#insist(() => this.#user.get(path, headers));
    this.#told.count(`read: ${answer.status}`);
    return answer;
  }

  async #write(action: string, path: string, sending: Sending, payout?: string): Promise<Answer> {
    const key = freshKey();
    const send = () => this.#user.post(path, { ...sending, key });
    const answer = await this.#insist(send);
    this.#told.count(`${action}: ${answer.status}${answer.replayed ? ' replayed' : ''}`);
    if (answer.status >= 300) {
      this.#told.refuse(key);
      return answer;
    }
    const id = payout ?? String(answer.json.id);
    this.#told.accept(id, action, this.name, key, versionOf(answer.etag));
    if (answer.status === 202)
      this.#told.operations.set(String(answer.json.id), { payout: id, cancelled: false });
    else this.#see(answer);
    if (this.#random() < SENT_AGAIN) await this.#sendAgain(`${action} of ${id}`, send, answer);
    return answer;
  }

  async #sendAgain(what: string, send: () => Promise<Answer>, first: Answer): Promise<void> {
    const again = await this.#insist(send);
    this.#told.count('sent again');
    const same =
      again.replayed &&
      again.status === first.status &&
      again.text === first.text &&
      again.etag === first.etag;
    if (!same)
      this.#violate(
        `${what} was answered ${first.status} ${first.text}, and then ${again.status} ${again.text}`,
      );
  }

  /** Sends until there is an answer that is not to be retried (`recovery`, Retry-After; a 5xx, or no answer at all). */
  async #insist(send: () => Promise<Answer>): Promise<Answer> {
    for (const start = Date.now(); Date.now() - start < PATIENCE_MS; ) {
      const answer = await send().catch(() => undefined);
      if (answer === undefined) this.#told.count('no answer');
      else if (answer.status < 500 && answer.json.recovery !== 'retry') return answer;
      else this.#told.count(`to be retried: ${answer.status} ${answer.json.code}`);
      const seconds = Number(answer?.headers.get('Retry-After') ?? 0);
      await delay(seconds * 1000 + this.#random() * AGAIN_MS);
    }
    this.#violate(`${this.name} was not answered for ${PATIENCE_MS / 1000} s`);
    throw new Error('not answered');
  }

  #see({ json, etag }: Answer): void {
    const id = String(json.id);
    this.#seen.set(id, Math.max(this.#seen.get(id) ?? 0, versionOf(etag) || 0));
  }

  #violate(what: string): void {
    this.#told.violations.push(what);
  }
}
