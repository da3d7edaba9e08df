import { describe, expect, test } from '@jest/globals';
import type { DeployedStack } from '../../../../lib/holdfast/cli/account/deployed.ts';
import { endedTooSoon } from '../../../../lib/holdfast/cli/deploy/version-ends.ts';
import { judged } from '../../../../lib/holdfast/cli/versions/gate-evidence.ts';
import type { Usage } from '../../../../lib/holdfast/cli/versions/usage.ts';
import { gateChanges } from '../../../../lib/holdfast/contract/gate.ts';
import type { VersionPromises } from '../../../../lib/holdfast/core/versions/version-promises.ts';
import { loadRegistry } from '../../../../lib/holdfast/service/registry.ts';

const TODAY = '2026-11-30';
const MAY = '2026-05-01';
const NEWEST = '2026-11-01';

const { versions } = await loadRegistry();
const usedOn = (day: string, version = MAY): Usage => [
  { version: NEWEST, client: 'web', day: '2026-01-01', requests: 1 },
  { version, client: 'mobile-app', day, requests: 1 },
];

describe('npm run deploy', () => {
  const stack = (told: VersionPromises | undefined): DeployedStack => ({
    name: 'holdfast-production-service',
    status: 'UPDATE_COMPLETE',
    template: { Metadata: { holdfast: { ...(told && { versions: told }) } }, Resources: {} },
    resources: [],
  });
  const told = { [NEWEST]: {}, [MAY]: { sunset: '2027-11-02', noticeDays: 400 } };

  /** What stands against a release with the versions of this repository, and which versions CloudWatch was asked of. */
  async function refusals(
    before: VersionPromises | undefined,
    accepted: readonly string[] = [],
    usage = usedOn('2026-11-29'),
  ) {
    const asked: (readonly string[])[] = [];
    const facts = { stage: 'production', registry: { versions }, accepted, today: TODAY };
    const deployed = [stack(before)];
    const reasons = await endedTooSoon({ ...facts, deployed }, {}, async (_, of) => {
      asked.push(of);
      return usage;
    });
    return { reasons, asked };
  }

  test('refuses to end a version sooner than the deployed release has told whoever still uses it', async () => {
    expect(await refusals(told)).toEqual({
      reasons: [expect.stringMatching(/^version 2026-05-01 would end on 2027-11-01, .* mobile-app used it/)],
      asked: [[NEWEST, MAY]],
    });
  });

  test('refuses to remove a version that is still used, and asks of it although the release has it no more', async () => {
    const gone = '2025-12-01';

    const { reasons, asked } = await refusals(
      { [NEWEST]: {}, [MAY]: {}, [gone]: { sunset: '2027-06-01' } },
      [],
      usedOn('2026-11-29', gone),
    );

    expect(reasons).toContainEqual(
      expect.stringContaining(`--accept-breaking '${gone} version: it is gone'`),
    );
    expect(asked.map((each) => each.toSorted())).toEqual([[gone, MAY, NEWEST]]);
  });

  test('lets it come where it is accepted by its name', async () => {
    expect(await refusals(told, [`${MAY} sunset: 2027-11-01`])).toEqual({ reasons: [], asked: [] });
  });

  test.each<[string, VersionPromises | undefined]>([
    ['where no version ends sooner', { [NEWEST]: {}, [MAY]: { sunset: '2027-11-01', noticeDays: 180 } }],
    ['of a stage that was deployed before its promises were kept', undefined],
  ])('does not ask CloudWatch %s', async (_, before) => {
    expect(await refusals(before)).toEqual({ reasons: [], asked: [] });
  });
});

describe('npm run record with a stage', () => {
  const contract = (sunset: string) => ({
    documents: new Map([
      [NEWEST, { info: { version: NEWEST }, paths: {} }],
      [MAY, { info: { version: MAY, 'x-sunset': sunset }, paths: {} }],
    ]),
    defaults: {},
  });
  const [promised, current] = [contract('2027-11-01'), contract('2026-12-31')];
  const changes = gateChanges(promised, current, TODAY);
  const judge = (usage: Usage) =>
    judged(
      changes,
      { promised, current },
      { stage: 'production', notice: {}, today: TODAY, usageOf: async () => usage },
    );

  test('holds a sooner end for breaking, and tells whom it breaks, where the version is used', async () => {
    const [change] = await judge(usedOn('2026-11-29'));

    expect(change).toMatchObject({ breaking: true, name: `${MAY} sunset: 2026-12-31` });
    expect(change?.sentence).toContain('mobile-app used it on stage production, last on 2026-11-29');
  });

  test('holds it for compatible where nobody has used the version for as long as its notice', async () => {
    const [change] = await judge(usedOn('2026-06-01'));

    expect(change).toMatchObject({ breaking: false, name: `${MAY} sunset: 2026-12-31` });
    expect(change?.sentence).toMatch(/; nobody has used it on stage production for 180 days$/);
  });
});
