import { isDeepStrictEqual } from 'node:util';
import { FAULTS } from '../../../lib/holdfast/testing/crash/faults.ts';
import type { Point } from '../../../lib/holdfast/testing/crash/injector.ts';
import type { CrashCloud } from './cloud.ts';
import type { Journey } from './journeys.ts';
import type { Outcome } from './outcome.ts';

/** A journey that was made, undisturbed or not. */
export interface Trial {
  readonly points: readonly Point[];
  /** Whether the fault had its chance. */
  readonly struck: boolean;
  readonly outcome: Outcome;
  /** What it has come to by now. */
  readonly look: () => Promise<Outcome>;
}

let tenants = 0;

/**
 * Makes a journey in a tenant of its own, and sends everything once more at its end.
 * @param at what befalls it, and where. @default nothing
 * @throws Error for an answer that differs from an earlier one, or a journey that does not end
 */
export async function makeJourney(
  cloud: CrashCloud,
  journey: Journey,
  at?: { readonly point: Point; readonly fault: string },
): Promise<Trial> {
  tenants++;
  const tenant = `crash-${tenants}`;
  const [alice, bob] = await Promise.all([cloud.person(tenant, 'alice'), cloud.person(tenant, 'bob')]);
  const stage = { alice, bob, abort: cloud.abort };
  const ready = await journey.before(stage);
  const fault = at && FAULTS[at.fault];
  const watch = cloud.injector.watch(tenant, {
    ...(journey.refused && { refused: journey.refused }),
    ...(at && fault && { at: { point: at.point, fault } }),
  });
  try {
    const made = await journey.run(stage, ready);
    const otherwise = [...(await alice.answeredOtherwise()), ...(await bob.answeredOtherwise())];
    if (otherwise.length > 0) throw new Error(otherwise.join('\n'));
    const look = async () => cloud.outcome(alice, made, tenant);
    return { points: watch.points, struck: watch.struck, outcome: await look(), look };
  } finally {
    cloud.injector.unwatch(tenant);
  }
}

/** What differs between two outcomes, in words; nothing where they are equal. */
export function difference(undisturbed: Outcome, disturbed: Outcome): string | undefined {
  const members = Object.keys(undisturbed) as (keyof Outcome)[];
  const different = members.filter((name) => !isDeepStrictEqual(undisturbed[name], disturbed[name]));
  if (different.length === 0) return undefined;
  return different
    .map(
      (name) => `${name} is ${JSON.stringify(disturbed[name])} and not ${JSON.stringify(undisturbed[name])}`,
    )
    .join('\n');
}
