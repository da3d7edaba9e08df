import * as z from 'zod';
import { shapes } from '../../../../lib/holdfast/capabilities/shapes/index.ts';
import { type Action, defineAction } from '../../../../lib/holdfast/core/definitions/define-action.ts';
import { defineResource, type Resource } from '../../../../lib/holdfast/core/definitions/define-resource.ts';

/** One release of a service that sells tickets: whose a ticket is was called `customerId`, and is `buyerId`. */
export interface Release {
  readonly tickets: Resource;
  readonly create: Action;
  readonly annotate: Action;
  readonly pass: Action;
  /** What it calls whose a ticket is. */
  readonly owner: string;
}

const kit = { name: 'tickets', singular: 'ticket', idPrefix: 'ti', states: ['open'] } as const;

const note = z.string().optional();

const upgrade = {
  1: ({ customerId, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, buyerId: customerId }),
};

const downgrade = {
  2: ({ buyerId, ...rest }: Readonly<Record<string, unknown>>) => ({ ...rest, customerId: buyerId }),
};

const renamed = z.object({ buyerId: z.string(), note });

function releaseOf(tickets: Resource, owner: string): Release {
  const input = z.object({ by: z.string() });
  const of = <const Name extends string>(name: Name) => ({
    resource: tickets,
    name,
    summary: 'Do it.',
    scope: `tickets:${name}` as const,
  });
  return {
    tickets,
    owner,
    create: defineAction({
      ...of('create'),
      to: 'open',
      input,
      decide: ({ input: { by } }) => ({ [owner]: by }),
    }),
    pass: defineAction({
      ...of('pass'),
      from: ['open'],
      to: 'open',
      input,
      decide: ({ input: { by } }) => ({ [owner]: by }),
    }),
    annotate: defineAction({
      ...of('annotate'),
      from: ['open'],
      to: 'open',
      anyVersion: true,
      input: z.object({ note: z.string() }),
      decide: ({ input: { note: told } }) => ({ note: told }),
    }),
  };
}

/** Before anything was renamed. */
export const first = releaseOf(
  defineResource({ ...kit, members: z.object({ customerId: z.string(), note }) }),
  'customerId',
);

/** Reads both, and writes as the first does. */
export const reading = releaseOf(
  defineResource({ ...kit, members: renamed }, shapes({ reads: 2, writes: 1, upgrade, downgrade })),
  'buyerId',
);

/** Reads both, and writes the new one. */
export const writing = releaseOf(
  defineResource({ ...kit, members: renamed }, shapes({ reads: 2, writes: 2, upgrade })),
  'buyerId',
);

/** A third shape, in which a price is required; it still writes the second. */
export const priced = releaseOf(
  defineResource(
    { ...kit, members: renamed.extend({ price: z.int() }) },
    shapes({
      reads: 3,
      writes: 2,
      upgrade: { ...upgrade, 2: (members) => ({ price: 0, ...members }) },
      downgrade: { 3: ({ price: _, ...rest }) => rest },
    }),
  ),
  'buyerId',
);
