import { isDeepStrictEqual } from 'node:util';
import { insist } from '../../../lib/holdfast/testing/scene/insist.ts';
import { type Answer, freshKey, type Sending, type User } from '../support/client.ts';
import { signIn } from '../support/service.ts';

/** A request that was made, and what it was answered. */
interface Made {
  readonly send: () => Promise<Answer>;
  readonly what: string;
  readonly answer: Answer;
}

/** What of an answer must be the same each time. */
const essence = ({ status, text, etag, headers }: Answer) => ({
  status,
  text,
  etag,
  location: headers.get('Location'),
});

/** One user, who sends each write again under its key until it is answered for good. */
export class Person {
  readonly #user: User;
  readonly #made: Made[] = [];

  private constructor(user: User) {
    this.#user = user;
  }

  static async of(url: string, who: { tenant: string; subject: string; scopes: string }): Promise<Person> {
    return new Person(await signIn(url, who));
  }

  /** @throws Error for an answer that is neither a success nor says to retry */
  create(): Promise<Answer> {
    const key = freshKey();
    return this.#write('create', () => this.#user.create(key));
  }

  /** An action on a payout, by its last answer. */
  act(action: string, on: Answer, sending: Sending = {}): Promise<Answer> {
    const key = freshKey();
    return this.#write(action, () => this.#user.act(action, on, { key, ...sending }));
  }

  /** Any other POST, by an ETag if it is sent one. */
  post(path: string, sending: Sending = {}): Promise<Answer> {
    const key = freshKey();
    return this.#write(path, () => this.#user.post(path, { key, ...sending }));
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return insist(path, () => this.#user.get(path, headers));
  }

  /** Sends everything once more: each request that is answered otherwise than before, in words. */
  async answeredOtherwise(): Promise<readonly string[]> {
    const found: string[] = [];
    for (const { send, what, answer } of this.#made) {
      const again = await insist(what, send);
      if (!isDeepStrictEqual(essence(again), essence(answer)))
        found.push(
          `${what} was answered ${answer.status} ${answer.text}, and then ${again.status} ${again.text}`,
        );
      else if (!again.replayed) found.push(`${what} was answered again, and not marked as replayed`);
    }
    return found;
  }

  async #write(what: string, send: () => Promise<Answer>): Promise<Answer> {
    const answer = await insist(what, send);
    this.#made.push({ send, what, answer });
    return answer;
  }
}
