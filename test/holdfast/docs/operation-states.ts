import type { Transition } from '../../../lib/holdfast/site/transitions.ts';

/** One way from a state of an operation to another. */
interface Way {
  /** @default none: the operation begins */
  readonly from?: string;
  readonly to: string;
  readonly label: string;
  /** Who brings it about; what a person does is dashed. @default the machine, by what partners answer */
  readonly by?: 'person';
  /** Left out of the picture, which shows the usual ways. @default false */
  readonly rare?: true;
}

/**
 * Every way from one state of an operation to another. `test/holdfast/docs/operation-states.test.ts` tries everything that can happen
 * in every situation, and finds these ways and no others.
 */
export const WAYS: readonly Way[] = [
  { to: 'accepted', label: 'commit' },
  { from: 'accepted', to: 'running', label: 'start' },
  { from: 'accepted', to: 'waiting', label: 'held by rate or breaker', rare: true },
  { from: 'accepted', to: 'cancelling', label: 'cancel', by: 'person' },
  { from: 'accepted', to: 'needs-attention', label: 'the execution is lost', rare: true },
  { from: 'accepted', to: 'failed', label: 'its deadline passes', rare: true },
  { from: 'running', to: 'waiting', label: 'try later' },
  { from: 'running', to: 'cancelling', label: 'cancel', by: 'person' },
  { from: 'running', to: 'needs-attention', label: 'outcome unknowable' },
  { from: 'running', to: 'succeeded', label: 'last step done' },
  { from: 'running', to: 'failed', label: 'rejected' },
  { from: 'running', to: 'cancelled', label: 'a cancel finds nothing done', rare: true },
  { from: 'waiting', to: 'running', label: 'sent' },
  { from: 'waiting', to: 'cancelling', label: 'cancel', by: 'person' },
  { from: 'waiting', to: 'needs-attention', label: 'the execution is lost', rare: true },
  { from: 'waiting', to: 'failed', label: 'deadline' },
  { from: 'waiting', to: 'cancelled', label: 'a cancel finds nothing done', rare: true },
  { from: 'cancelling', to: 'needs-attention', label: 'outcome unknowable' },
  { from: 'cancelling', to: 'succeeded', label: 'the point of no return was passed', rare: true },
  { from: 'cancelling', to: 'cancelled', label: 'compensated' },
  { from: 'needs-attention', to: 'running', label: 'resolve', by: 'person' },
  { from: 'needs-attention', to: 'waiting', label: 'a late answer: not done', rare: true },
  {
    from: 'needs-attention',
    to: 'cancelling',
    label: 'resolve, of a cancelled one',
    by: 'person',
    rare: true,
  },
  { from: 'needs-attention', to: 'succeeded', label: 'late answer' },
  { from: 'needs-attention', to: 'failed', label: 'a late answer: rejected', rare: true },
  { from: 'needs-attention', to: 'cancelled', label: 'a late answer, of a cancelled one', rare: true },
];

/** The usual ways, as the diagram of a resource's states takes them. */
export const usualWays: readonly Transition[] = WAYS.filter(({ rare }) => !rare).map(
  ({ from, to, label, by }) => ({
    ...(from !== undefined && { from }),
    to,
    name: label,
    by: by === 'person' ? 'operation' : 'action',
    summary: label,
  }),
);
