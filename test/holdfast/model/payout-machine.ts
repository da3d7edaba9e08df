/** What can be done to a payout. */
export const ACTIONS = [
  'create',
  'change-amount',
  'submit',
  'approve',
  'cancel',
  'reopen',
  'disburse',
] as const;

/** What is decided on two payouts: each takes the other one's reference. The sample has no such action; a test adds it. */
export const EXCHANGE = 'exchange';

/** What can be done to a payout. */
export type ActionName = (typeof ACTIONS)[number] | typeof EXCHANGE;

/** Which states permit an action, and where it leads: as the README tells clients, and not as the code says. */
const RULES: Readonly<Record<ActionName, { readonly from: readonly string[]; readonly to: string }>> = {
  create: { from: [], to: 'draft' },
  'change-amount': { from: ['draft'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  approve: { from: ['submitted'], to: 'approved' },
  cancel: { from: ['draft', 'submitted', 'approved'], to: 'cancelled' },
  reopen: { from: ['cancelled', 'returned'], to: 'draft' },
  disburse: { from: ['approved'], to: 'disbursing' },
  exchange: { from: ['draft'], to: 'draft' },
};

/** A payout as clients see it in the newest version, but for its times. */
export type Payout = Readonly<Record<string, unknown>> & {
  readonly state: string;
  readonly version: number;
  readonly submittedBy?: string;
  readonly operation?: { readonly id: string };
};

/** What an action is given, in its newest form. */
export type Input = Readonly<Record<string, unknown>>;

/** Actions that a state permits, by name. */
export const allowedActions = (state: string): readonly ActionName[] =>
  ACTIONS.filter((action) => RULES[action].from.includes(state)).toSorted();

/** Whether a payout in this state may be acted upon so. */
export const permits = (action: ActionName, state: string): boolean => RULES[action].from.includes(state);

/** Whoever has submitted a payout may not approve it. */
export const isOwnSubmission = (action: ActionName, { submittedBy }: Payout, actor: string): boolean =>
  action === 'approve' && submittedBy === actor;

/** What an action has to do with besides its payout. */
interface Besides {
  /** Id of the operation that it starts. */
  readonly operation?: string | undefined;
  /** The other payout, before it. */
  readonly other?: Payout | undefined;
}

/** What an action makes of a payout; undefined is none. */
export function act(
  action: ActionName,
  current: Payout | undefined,
  actor: string,
  input: Input,
  { operation, other }: Besides = {},
): Payout {
  const { note } = input;
  const changes: Readonly<Record<ActionName, object>> = {
    create: { ...input, createdBy: actor },
    'change-amount': input,
    submit: { submittedBy: actor, note },
    approve: { approvedBy: actor, note },
    cancel: { cancelledBy: actor, cancelReason: input.reason },
    reopen: {
      submittedBy: undefined,
      approvedBy: undefined,
      cancelledBy: undefined,
      cancelReason: undefined,
      note,
    },
    disburse: { note, operation: { id: operation, href: `/operations/${operation}` } },
    exchange: { reference: other?.reference },
  };
  const { to } = RULES[action];
  const version = (current?.version ?? 0) + 1;
  return { ...current, ...changes[action], state: to, version, allowedActions: allowedActions(to) };
}

/** Where the end of a payout's operation leads it. */
export const ENDS: Readonly<Record<string, string>> = {
  succeeded: 'paid',
  failed: 'returned',
  cancelled: 'approved',
};

/** What the end of its operation makes of a payout. */
export const end = (current: Payout, to: string): Payout => ({
  ...current,
  state: to,
  version: current.version + 1,
  allowedActions: allowedActions(to),
});

/** What an exchange makes of the payout that it names, by the one that it is made of; the state stays. */
export const exchanged = (current: Payout, { reference }: Payout): Payout => ({
  ...current,
  reference,
  version: current.version + 1,
});
