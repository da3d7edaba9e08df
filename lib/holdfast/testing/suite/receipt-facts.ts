import { describe, expect, test } from '@jest/globals';
import type { Resource } from '../../core/definitions/define-resource.ts';
import { type Answer, freshKey } from '../scene/request.ts';
import type { Scene, Standing } from '../scene/scene.ts';
import type { Round } from '../scene/ways.ts';

/** More writes than an item keeps receipts of. */
const WRITES = 20;

/** Writes of one resource, one after the other. */
interface Written {
  readonly sent: readonly { readonly replay: () => Promise<Answer>; readonly answer: Answer }[];
  /** The rule that let no more of them come. @default all of them were done */
  readonly ended?: string;
}

/** What is said of a resource whose receipts were not tried with as many writes as it takes. */
const untried = (name: string, why: string): string =>
  `${name} were not written ${WRITES} times, so that older receipts are kept elsewhere and still replay was not tried: ${why}; an action that leads back to a state and may be repeated lets it be tried`;

/** What becomes of the receipts of a resource that is written more often than its item keeps them. */
export function receiptFacts(scene: Scene, resource: Resource): void {
  const { name } = resource;
  const { rounds } = scene.waysOf(resource);
  if (rounds.length === 0) {
    test.todo(untried(name, 'no actions that are done at once lead back to where they began'));
    return;
  }
  describe(`${name}: their receipts`, () => {
    test(`${name} that were written ${WRITES} times, or as often as their rules let, replay the first of these writes as they replay the last`, async () => {
      const { sent, ended } = await writeAround(scene, resource, rounds);
      if (ended !== undefined) console.warn(untried(name, ended));

      const again = await Promise.all(sent.map(({ replay }) => replay()));

      expect(again.map(({ replayed, text, etag }) => ({ replayed, text, etag }))).toEqual(
        sent.map(({ answer: { text, etag } }) => ({ replayed: true, text, etag })),
      );
    });
  });
}

/**
 * The writes of the first of these rounds that can be gone as often as it takes; where none can, of the one that can be gone
 * most often. A rule, as "at most three times", may end a round: it is a right answer.
 * @throws Error with the answer, where a write is refused by anything but a problem that its action declares
 */
export async function writeAround(
  scene: Pick<Scene, 'bring' | 'perform'>,
  resource: Resource,
  rounds: readonly Round[],
): Promise<Written> {
  let most: Written = { sent: [] };
  for (const round of rounds) {
    const written = await writeOne(scene, resource, round);
    if (written.ended === undefined) return written;
    if (written.sent.length >= most.sent.length) most = written;
  }
  return most;
}

async function writeOne(
  scene: Pick<Scene, 'bring' | 'perform'>,
  resource: Resource,
  { at, actions }: Round,
): Promise<Written> {
  let on: Pick<Standing, 'id' | 'etag'> = await scene.bring(resource, at);
  const sent: Written['sent'][number][] = [];
  for (;;) {
    for (const action of actions) {
      if (sent.length === WRITES) return { sent };
      const [before, key] = [on, freshKey()];
      const replay = () => scene.perform(action, before, { key });
      const answer = await replay();
      if (answer.status !== 200) {
        const { code = '' } = answer.json;
        const told = `write ${sent.length + 1}, ${action.name}, was refused`;
        if (!action.problems.includes(code)) throw new Error(`${told}: ${answer.text}`);
        return { sent, ended: `${told} with '${code}', which it declares` };
      }
      sent.push({ replay, answer });
      on = { id: on.id, etag: answer.etag };
    }
  }
}
