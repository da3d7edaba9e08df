import { isDeepStrictEqual } from 'node:util';
import { nameOf } from './describe.ts';
import type { End, History, Sent, Write } from './history.ts';
import { isOfPayout, keyHash, type Row } from './history-row.ts';
import { newestTag, versionOf } from './knowledge.ts';
import { act, ENDS, EXCHANGE, end, isOwnSubmission, type Payout, permits } from './payout-machine.ts';
import { isOfUser, isSame, isWrite, type Sighting, sightings } from './sightings.ts';
import { must } from './violation.ts';

/** One version of a payout: what made it, and what it is. */
export interface Version {
  readonly row: Row;
  readonly payout: Payout;
  /** As the newest version of the contract writes it; undefined where nobody has seen it. */
  readonly tag: string | undefined;
  /** Requests whose effect it can be, all of one meaning; none where its operation's end made it. */
  readonly makers: readonly Sent<Write>[];
}

/** What became of a payout, as one order of versions explains it. */
export interface Timeline {
  readonly id: string;
  readonly tenant: string;
  readonly versions: readonly Version[];
  readonly sightings: readonly Sighting[];
  readonly ends: readonly Sent<End>[];
}

/** Strong tags that an `If-Match` lists, as the newest version of the contract writes them. */
export const tagsIn = (ifMatch: string | undefined): readonly string[] =>
  [...(ifMatch ?? '').matchAll(/(W\/)?("[^"]*")/g)].flatMap(([, weak, tag = '']) =>
    weak === undefined ? [newestTag(tag)] : [],
  );

/** Whether a request was refused for good. */
const isRefused = ({ answer }: Sent) => answer !== undefined && answer.status >= 400 && answer.status < 500;

const TIMES = ['createdAt', 'updatedAt', 'submittedAt', 'approvedAt'];

/** A payout's members but its times. */
const timeless = (body: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(body).filter(([name, value]) => value !== undefined && !TIMES.includes(name)),
  );

const SYSTEM = 'system:operation';

/** A payout, what its history tells of it, and what was seen of it. */
export interface Subject {
  readonly id: string;
  readonly tenant: string;
  /** Of each version, in their order. */
  readonly rows: readonly Row[];
  readonly told: readonly Sighting[];
}

/** @throws Violation where its history does not tell each version */
export function subjectOf(history: History, { id, tenant, ...final }: History['final'][number]): Subject {
  const { items, completeToVersion } = final.history.json as {
    items: readonly Row[];
    completeToVersion: number;
  };
  const rows = items.filter(isOfPayout);
  const last = versionOf(final.payout.etag);
  must(
    completeToVersion === last && rows.length === last && rows.every(({ version }, i) => version === i + 1),
    'a history tells each version once',
    () =>
      `${id} is at version ${last}, and its history tells ${rows.map(({ version }) => version).join(' ')}`,
  );
  return { id, tenant, rows, told: sightings(history, tenant).filter(({ payout }) => payout === id) };
}

/**
 * What became of a payout, once each of its versions is explained.
 * @param together what is known of it by the answers to requests on another payout
 * @throws Violation where what was seen of it is something else
 */
export function timelineOf(
  history: History,
  { id, tenant, told }: Subject,
  versions: readonly Version[],
  together: readonly Sighting[],
): Timeline {
  seenAlike(history, versions, told);
  const { json } = history.final.find((final) => final.id === id)?.payout ?? { json: {} };
  must(
    isDeepStrictEqual(timeless(json), timeless(versions.at(-1)?.payout ?? {})),
    'an effect is what its request asks, and the state permits',
    () => `at last ${JSON.stringify(json)} instead of ${JSON.stringify(versions.at(-1)?.payout)}`,
  );
  const ends = history.sent
    .filter((sent) => !isOfUser(sent))
    .filter(({ what }) => (what as End).payout === id);
  return {
    id,
    tenant,
    versions,
    sightings: [...told, ...together],
    ends: ends as readonly Sent[] as readonly Sent<End>[],
  };
}

/** The tag of a version, where somebody has seen it. */
export const tagOf = ({ told }: Subject, version: number): string | undefined =>
  told.find((sighting) => sighting.version === version && sighting.tag)?.tag;

/** The other payout of an exchange, as it stood before. */
interface Other {
  readonly id: string;
  readonly payout: Payout | undefined;
}

/** The version that a row tells of, made from the one before, and from another payout where it was decided on two. */
export function next(
  history: History,
  subject: Subject,
  before: Version | undefined,
  row: Row,
  other?: Other,
): Version {
  const tag = tagOf(subject, row.version);
  const from = before?.payout.state;
  const legal = 'an effect is what its request asks, and the state permits';
  if (row.actor === SYSTEM) {
    const payout = before?.payout;
    must(
      payout?.state === 'disbursing' &&
        row.operation === payout.operation?.id &&
        Object.values(ENDS).includes(row.to) &&
        row.from === from,
      legal,
      () => `its operation ends in ${JSON.stringify(row)}, of ${JSON.stringify(payout)}`,
    );
    return { row, tag, payout: end(payout, row.to), makers: [] };
  }
  const makers = makersOf(history, subject, { before, row, other });
  const [maker] = makers;
  const payout = maker && made(subject.id, maker, { before, row, other });
  must(
    row.from === from && row.to === payout?.state,
    legal,
    () => `version ${row.version} is told as ${row.from} → ${row.to}, and was ${from} → ${payout?.state}`,
  );
  return { row, tag, payout, makers };
}

/** A version that is to be explained. */
interface Step {
  readonly before: Version | undefined;
  readonly row: Row;
  readonly other: Other | undefined;
}

const made = (id: string, { what }: Sent<Write>, { before, row, other }: Step) => ({
  id,
  ...act(what.action, before?.payout, what.user.name, what.input, {
    operation: row.operation,
    other: other?.payout,
  }),
});

/** Requests whose effect a row can be: they asked for it, on the version before, and were not refused. */
function makersOf(history: History, { id, tenant, told }: Subject, step: Step): readonly Sent<Write>[] {
  const { before, row, other } = step;
  const under = history.sent
    .filter(isWrite)
    .filter(({ what }) => what.kind === 'act' && what.user.tenant === tenant && keyHash(what.key) === row.key)
    .filter(({ what }) => (what.action === 'create' ? before === undefined : what.id === id));
  const list = (sent: readonly Sent[]) => sent.map((each) => nameOf(history, each)).join(' ') || 'none';
  const asked = under.filter(
    (sent) => sent.what.action === row.action && sent.what.user.name === row.actor && !isRefused(sent),
  );
  must(
    asked.length > 0,
    'a refused request has no effect',
    () =>
      `version ${row.version} of ${id} is ${row.action} by ${row.actor}, which none of ${list(under)} has made`,
  );
  const legal = asked.filter(
    ({ what: { action, user, input } }) =>
      before === undefined ||
      (permits(action, before.payout.state) &&
        !isOwnSubmission(action, before.payout, user.name) &&
        (action !== EXCHANGE || (input.other === other?.id && permits(action, other?.payout?.state ?? '')))),
  );
  const shown = told.find(({ version, body }) => version === row.version && body !== undefined)?.body;
  const alike = legal.filter(
    (sent) => shown === undefined || isDeepStrictEqual(timeless(made(id, sent, step)), timeless(shown)),
  );
  must(
    alike.length > 0,
    'an effect is what its request asks, and the state permits',
    () =>
      `version ${row.version} of ${id}, of ${list(asked)}, is ${JSON.stringify(shown)} after ${JSON.stringify(before?.payout)}`,
  );
  const first = alike.find(({ answer }) => answer !== undefined && answer.status < 300) ?? alike[0];
  const same = alike.filter((sent) => first !== undefined && isSameRequest(sent.what, first.what));
  const named = same.filter(({ what }) => before === undefined || names(tagsIn(what.ifMatch), before));
  must(
    named.length > 0,
    'an action takes effect on the version that it names',
    () => `${list(same)} made version ${row.version} of ${id}, on ${before?.tag}`,
  );
  return named;
}

const names = (tags: readonly string[], { tag, row }: Version) =>
  tags.some((each) => (tag === undefined ? versionOf(each) === row.version : each === tag));

/** Whether two requests mean the same: a key answers both. */
export const isSameRequest = (a: Write, b: Write): boolean =>
  a.kind === b.kind &&
  a.action === b.action &&
  a.id === b.id &&
  a.key === b.key &&
  isSame(a.user, b.user) &&
  isDeepStrictEqual(a.input, b.input);

/** A version is the same for whoever sees it: its tag, its body, and its times. */
function seenAlike(history: History, versions: readonly Version[], told: readonly Sighting[]): void {
  const rule = 'a version is the same for whoever sees it';
  const bodies = new Map<number, Sighting>();
  for (const sighting of told) {
    const { version, tag, body, part, sent } = sighting;
    const known = versions[version - 1];
    must(
      known !== undefined,
      rule,
      () => `${nameOf(history, sent)} shows version ${version}, which never was`,
    );
    must(
      tag === undefined || tag === known.tag,
      rule,
      () => `${nameOf(history, sent)} shows ${tag} of version ${version}, which is ${known.tag} as well`,
    );
    const { state, allowedActions } = known.payout;
    must(
      part === undefined || isDeepStrictEqual(part, { state, version, allowedActions }),
      rule,
      () => `${nameOf(history, sent)} tells ${JSON.stringify(part)} of ${JSON.stringify(known.payout)}`,
    );
    if (body === undefined) continue;
    const first = bodies.get(version) ?? sighting;
    bodies.set(version, first);
    must(
      isDeepStrictEqual(first.body, body) && isDeepStrictEqual(timeless(body), timeless(known.payout)),
      rule,
      () =>
        `${nameOf(history, sent)} shows ${JSON.stringify(body)}, ${nameOf(history, first.sent)} shows ${JSON.stringify(first.body)}, and it is ${JSON.stringify(known.payout)}`,
    );
  }
}
