import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { redrive } from '../../../lib/holdfast/cli/deploy/redrive.ts';
import { ROOT } from '../../../lib/holdfast/service/project.ts';
import { OwnCloud } from '../../../lib/holdfast/testing/scene/own-cloud.ts';
import { INCIDENTS, type Planted } from '../incidents/incidents.ts';
import { incidentSection } from '../incidents/page.ts';
import { type Scene, sceneOn } from '../incidents/scene.ts';
import { shown } from '../incidents/shown.ts';

const own = new OwnCloud();
let scene: Scene;
let folder: string;
beforeAll(async () => {
  const lines: string[] = [];
  const cloud = await own.start({}, (line) => lines.push(line));
  [scene, folder] = await Promise.all([
    sceneOn(cloud, lines),
    mkdtemp(join(tmpdir(), 'holdfast-incidents-')),
  ]);
});
afterAll(async () => {
  scene?.close();
  await own.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

const UNSURE =
  '"We are waiting for an answer and cannot yet say whether it is done. Please do not make another payout."';

/** The page cannot know which of the two it is, and leads to the right one. */
const CALLBACK = [
  "Nothing that cannot be taken back has been sent to anybody yet: 'transfer' by bank is still to come.",
  "screening has accepted 'screen', and is to call us back with the outcome.",
  'No call of screening about it has been accepted: either it has not called, or its call was refused.',
  'If none is accepted before, we ask screening at',
  'Ask screening whether it has called us back.',
  'If it has called: tell an engineer at once, also at night: we have refused its call, so probably all its calls are refused',
  "The code 'unauthenticated' there means that screening signs with another secret than the one we have.",
  'It can still be cancelled, if the customer wants that: in their app',
  UNSURE,
];

/** What a supporter has to read of each: where it stands, what to do, and what never to do. */
const SENTENCES: Readonly<Record<string, readonly string[]>> = {
  'bank-silent': [
    "'transfer' by bank cannot be taken back, and may have been done.",
    "'transfer' was sent to bank, and may have been done. Nobody knows yet.",
    'bank gave no usable answer',
    'That may not settle it: bank may still not say whether it was done.',
    'If it is urgent, ask bank what became of it. bank knows it by a reference that begins with po_',
    "Do not have 'transfer' done in any other way while it is unknown: not by a new payout, and not by hand at bank.",
    "It cannot be cancelled any more: 'transfer' was sent to bank",
    UNSURE,
  ],
  'no-callback': CALLBACK,
  'wrong-secret': CALLBACK,
  'breaker-open': [
    'screening failed several times in a row, so we leave it alone for a while.',
    "'screen' has not been sent to screening yet.",
    "Do nothing yet. 'screen' is tried again",
    'That may not settle it: if screening still fails, we wait again.',
    'Ask once, not for each customer: probably every other operation that needs screening waits as well.',
  ],
  'dead-letter': [
    "'screen' has not been sent to screening yet.",
    'tell an engineer at once, also at night: probably no operation that needs screening goes on.',
    'The command may be in the dead-letter queue for screening.',
    'Sending back is safe: nothing is sent to screening twice.',
    'npm run redrive -- --queue NAME --filter op_',
  ],
  'other-key': [
    'The refused request has changed nothing.',
    "Compare that with the last change by a person, which is 'submit' by alice",
    "If the customer is alice and wanted 'submit': have them look whether the payout is as they meant it.",
  ],
  'two-people': [
    "Compare that with the last change by a person, which is 'change-amount' by bob",
    'If it is somebody else, or they wanted anything else: the payout had changed since they saw it.',
    'Otherwise: "This has changed since you last saw it.',
  ],
  'version-ended': [
    'The app asked for a version of the API that has ended, or that never was. These are served: 2026-05-01 (until',
    'The customer needs a newer app. Nothing is wrong with the data. Nothing was created, so the same may be sent again after the update.',
    '"This app is too old. Please update it."',
  ],
  'undeclared-word': [
    "'transfer' by bank cannot be taken back, and may have been done.",
    'with something that nobody has declared: a new status word, or an error page.',
    'Tell an engineer at once, also at night: we cannot read an answer of bank',
    'Declare what bank answers in functions/partners/bank.ts.',
    'The word itself is kept nowhere',
    "Do not have 'transfer' done in any other way while it is unknown",
    UNSURE,
  ],
  'missing-grant': [
    'The request is accepted, and work on it has not begun. No partner has been asked for anything.',
    'tell an engineer at once, also at night: probably no operation is started any more.',
    'The most common cause is a permission that a deployment has forgotten.',
  ],
};

/** Planted once, and told of while it stands. */
const told = new Map<string, { readonly planted: Planted; readonly text: string }>();
const tell = async (name: string) => {
  const incident = INCIDENTS.find((each) => each.name === name);
  if (incident === undefined) throw new Error(`there is no incident ${name}`);
  const planted = await incident.plant(scene);
  const text = await shown(planted, scene.cloud.url, { html: join(folder, `${name}.html`) });
  told.set(name, { planted, text });
  return { incident, planted, text };
};

const operationOf = (name: string) => `/operations/${told.get(name)?.planted.id}`;

const ended = (name: string) =>
  scene.until(
    { ...NO_ANSWER, json: { id: told.get(name)?.planted.id } },
    ({ json }) => json.state === 'succeeded',
  );

const NO_ANSWER = { status: 0, headers: new Headers(), text: '', etag: '', replayed: false };

test('there are ten incidents, and each has the sentences that a supporter needs', () => {
  expect(INCIDENTS.map(({ name }) => name).sort()).toEqual(Object.keys(SENTENCES).sort());
  expect(INCIDENTS).toHaveLength(10);
});

describe.each(INCIDENTS.map(({ name }) => [name] as const))('the incident %s', (name) => {
  test('is told to support in sentences, which docs/incidents.md has', async () => {
    const { incident, planted, text } = await tell(name);
    const docs = await readFile(join(ROOT, 'docs/incidents.md'), 'utf8');
    const section = incidentSection(incident, planted, text);
    const [heading] = section.split('\n');

    await planted.mend();
    expect((SENTENCES[name] ?? []).filter((sentence) => !text.includes(sentence))).toEqual([]);
    expect(
      docs
        .split(/^(?=## )/m)
        .find((each) => each.startsWith(`${heading}\n`))
        ?.trim(),
    ).toBe(section.trim());
  });

  test('is the same on the page, where nothing personal stands', async () => {
    const html = await readFile(join(folder, `${name}.html`), 'utf8');

    expect(html).toContain(name === 'version-ended' ? '<h1>request ' : '(masked)');
    expect(html).not.toMatch(/Lovelace|DE89370400440532013000|Invoice 7/);
    expect(told.get(name)?.text).not.toMatch(/Lovelace|DE89370400440532013000|Invoice 7/);
  });
});

describe('what was planted', () => {
  test('is sent back from the dead-letter queue by the commands that the page gives, and is done once', async () => {
    const printed: string[] = [];
    process.env.AWS_ENDPOINT_URL_SQS = scene.cloud.sqsUrl;
    const options = { stage: undefined, queue: undefined, filter: undefined, rate: '100', yes: false };
    await redrive(options, process.env, (line) => printed.push(line));
    const [, queue] = printed.map((line) => /^ +1 {2}(\S+)$/.exec(line)).find(Boolean) ?? [];
    const filter = told.get('dead-letter')?.planted.id;
    await redrive({ ...options, queue, filter, yes: true }, process.env, (line) => printed.push(line));
    delete process.env.AWS_ENDPOINT_URL_SQS;

    const { json } = await ended('dead-letter');

    expect(printed.at(-1)).toBe('1 of 1 messages redriven');
    expect(json.progress).toEqual({ completed: 2, total: 2 });
  });

  test('starts by itself when the grant is back', async () => {
    expect((await ended('missing-grant')).json.progress).toEqual({ completed: 2, total: 2 });
  });

  test('is in the history by what each partner told of which step', async () => {
    const { json } = await scene.alice.get(operationOf('undeclared-word'));
    const { href } = json.resource as { href: string };
    const history = await scene.alice.get(`${href}/history`);
    const said = (history.json.items as { step?: string; told?: string }[])
      .filter((entry) => entry.told !== undefined)
      .map((entry) => `${entry.step}: ${entry.told}`);

    expect(said).toEqual(expect.arrayContaining(['screen: succeeded', 'transfer: undeclared']));
    expect(said).not.toContain('transfer: pending');
  });
});

describe('npm run operation -- show', () => {
  test('shows to who asks for it what is masked otherwise', async () => {
    const { planted } = told.get('two-people') ?? {};

    expect(await shown({ id: planted?.id ?? '' }, scene.cloud.url, { unmasked: true })).toContain(
      'Lovelace Ltd',
    );
  });

  test.each([
    [{ id: 'po1' }, "'po1' names nothing; give op_… of operation, po_… of payout, or the id of a request"],
    [
      { id: 'op_1', code: 'version-mismach' },
      "--code is 'version-mismach'; give the code of an error body: ",
    ],
    [{ id: `po_${'0'.repeat(26)}` }, 'There is no such payout (not-found)'],
  ])('says of %j what is wrong, and what is allowed', async (asked, fault) => {
    await expect(shown(asked, scene.cloud.url)).rejects.toThrow(fault);
  });
});
