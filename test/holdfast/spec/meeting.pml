/* A command and its callbacks meet on one item, which is written before the partner is called.
 *
 * model                  code
 * expects[r], stored[r]       the item of reference r: which attempt expects (0: none), and the outcome (meeting.ts expectCallback,
 *                        storeCallback, storedOutcome); what is not final (outcome.ts) gives way
 * Consumer               consumer-entry.ts carryOut, partner-call.ts `send`: claim, expect, call; the answer is `pending`. It
 *                        may die and come again: what it had claimed it asks about
 * left[4 * r + o]        callbacks on their way: perhaps one that says `pending`, one or two that say what became of it,
 *                        in any order, two at a time; while one is not answered it is sent again
 * Callback               callback-entry.ts: store, then report what is stored (report-outcome.ts reportOutcome)
 * Ask                    partner-call.ts `ask`: what is stored for good, or else the partner's query (QUERY)
 * Report                 isHeard, isOfEarlier (operation-event.ts): of the current attempt once it is sent; of an earlier one a
 *                        success, and a refusal while nothing is on its way; of one settled already nothing
 * again                  operation-machine.ts `again`: another attempt under the same reference
 * RETRY                  a person resolves by `retry` what was refused for good (operation-course.ts retried), which is
 *                        settled (operation-progress.ts settledOf) and has a reference of its own (operations.ts referenceOf)
 * Left out: partners that contradict themselves, which the explorer has; that waits end.
 * Promises: when nothing is on its way any more, the operation has taken in what the partner did; and it never takes
 * in what became of a command that a person had done anew.
 * AS_BUILT, as it once was, breaks both: the first outcome stood even where it was `pending`, a stored one was never asked
 * behind, and a retry kept the reference under which the refusal was stored.
 * Mutants: M_LATE expects after the call; M_FORGET does not store what it reports; M_LAST lets any outcome replace a
 * final one; M_SAMEREF keeps the reference at a retry; M_SETTLED hears what was told of an attempt that is settled.
 */
#ifndef F
#define F 1                                 /* faults in all */
#endif
#define FAULT faults < F -> faults++
#define FINAL(o) (o >= YES)
#ifdef AS_BUILT
#define OPEN(o) (o == NONE)
#else
#define OPEN(o) !FINAL(o)
#endif
#ifdef M_SETTLED
#define UNSETTLED(a) true
#else
#define UNSETTLED(a) a > settled
#endif
#define NONE 0
#define PENDING 1
#define YES 2                              /* or NO, 3: final */
#define NO 3
byte expects[2], stored[2], truth[2], done, left[8], r, attempt = 1, settled, faults, onWay;
bit called[2], sent, refused, retried, over;

inline Report(a, o) {
  atomic {
    if :: FINAL(o) && done == NONE && UNSETTLED(a) && (a == attempt && sent || a < attempt && (o == YES || !sent)) ->
            assert(o == truth[r]);
#ifdef RETRY
            if :: o == NO && !retried -> refused = 1; settled = attempt :: else -> done = o fi
#else
            done = o
#endif
       :: else
    fi }
}

inline Ask(o) {
  o = stored[r];
#ifdef QUERY
  if :: OPEN(o) && called[r] -> o = truth[r] :: else fi
#endif
}

#define TAKE(i) left[i] > 0 -> left[i]--; ref = i / 4; o = i % 4
proctype Callback() { byte ref, a, o, told;
next:
  atomic { if :: TAKE(1) :: TAKE(2) :: TAKE(3) :: TAKE(5) :: TAKE(6) :: TAKE(7) :: over -> goto end fi };
come:
  atomic {
    if :: expects[ref] == 0 -> goto gone :: else fi;               /* 404: nobody expects it */
#if defined(M_FORGET)
    told = o;
#else
#if defined(M_LAST)
    stored[ref] = o;
#else
    if :: OPEN(stored[ref]) -> stored[ref] = o :: else fi;
#endif
    told = stored[ref];
#endif
    a = expects[ref] };
  if :: FAULT; a = 0; told = 0; goto come :: true fi;         /* it dies: the partner sends it again */
  Report(a, told);
gone:
  atomic { onWay--; ref = 0; a = 0; o = 0; told = 0; goto next };
end: skip
}

proctype Consumer(byte a) { byte ref, o;
  atomic { if :: a == attempt && done == NONE && !refused -> sent = 1; ref = r :: else -> goto gone fi };
#ifndef M_LATE
  if :: FAULT; goto gone :: true fi;
  atomic { expects[ref] = a; o = stored[ref]; if :: FINAL(o) -> goto tell :: else -> o = 0 fi };   /* told: nothing is sent */
#endif
  if :: FAULT; goto gone :: true fi;
  atomic {                                                    /* done once, however often it is asked */
    if :: !called[ref] -> called[ref] = 1; if :: truth[ref] = YES :: truth[ref] = NO fi;
            if :: left[4 * ref + PENDING] = 1; onWay++ :: true fi;
            if :: left[4 * ref + truth[ref]] = 1; onWay++ :: left[4 * ref + truth[ref]] = 2; onWay = onWay + 2 fi
       :: else
    fi };
#ifdef M_LATE
  expects[ref] = a;
#endif
  goto gone;
tell:
  Report(a, o);
gone: atomic { onWay--; ref = 0; o = 0 }
}

init {
  byte asks, o; bit again;
  atomic { run Callback(); run Callback() };
start:
  atomic { sent = 0; onWay++; run Consumer(attempt) };
  do
  :: done != NONE || onWay == 0 && !refused -> break
  :: atomic { sent && done == NONE && !refused && asks < 1 -> asks++; Ask(o) }; Report(attempt, o)
#ifndef RETRY
  :: atomic { sent && done == NONE && !again -> again = 1; attempt++; goto start }
#else
  :: atomic { refused && !retried -> retried = 1; refused = 0; asks = 0; attempt++;
#if defined(AS_BUILT) || defined(M_SAMEREF)
       truth[0] = NONE; called[0] = 0;
#else
       r = 1;
#endif
       goto start }
#endif
  od;
  (onWay == 0);
  atomic { o = stored[r]; sent = 1 }; Report(attempt, o);     /* the last look, once all has come */
  assert(!called[r] || !expects[r] || done == truth[r] || refused);
  over = 1
}
