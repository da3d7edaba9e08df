/* A command and its callbacks meet on one item, which is written before the partner is called.
 *
 * model                  code
 * expected[r], stored[r] the item of reference r: expectCallback, storeCallback, storedOutcome (meeting.ts)
 * Consumer               consumer-entry.ts, partner-call.ts `send`: claim, expect, call; the answer is `pending`
 * left[4 * r + o]        callbacks on their way: perhaps one that says `pending`, one or two that say what became of it,
 *                        in any order, two at a time; what is not answered with success is sent again
 * Callback               callback-entry.ts: store, then report what is stored (report-outcome.ts)
 * ask                    partner-call.ts `ask`: what is stored, or else the partner's query (QUERY)
 * again                  operation-machine.ts `again`: another attempt under the same reference
 * RETRY                  a person resolves by `retry` what was refused for good (operation-course.ts retried)
 * Promises: when nothing is on its way any more, the operation has taken in what the partner did; and it never takes
 * in what became of a command that a person had done anew.
 * The code: an outcome that is not final gives way; only a final one is believed without asking; a retry after a
 * final outcome has a reference of its own (operations.ts referenceOf).
 * AS_BUILT, as it was, breaks both: the first outcome stood even where it was `pending`, a stored one was never asked
 * behind, and a retry kept the reference under which the refusal was stored.
 * Mutants: M_LATE expects after the call; M_FORGET does not store what it reports; M_LAST lets any outcome replace a
 * final one; M_SAMEREF keeps the reference at a retry.
 */
#define FAULT faults < F -> faults++         /* -DF=1: faults in all */
#define FINAL(o) (o >= YES)
#ifdef AS_BUILT
#define OPEN o == NONE
#else
#define OPEN !FINAL(o)
#endif
#define NONE 0
#define PENDING 1
#define YES 2                              /* or NO, 3: final */
#define NO 3
byte stored[2], truth[2], done, left[8], r, faults, onWay;
bit expected[2], called[2], sent, refused, retried, over;

inline Report(ref, o) {
  atomic {
    if :: ref == r && sent && done == NONE && !refused && FINAL(o) ->
            assert(o == truth[ref]);
#ifdef RETRY
            if :: o == NO && !retried -> refused = 1 :: else -> done = o fi
#else
            done = o
#endif
       :: else
    fi }
}

#define TAKE(i) left[i] > 0 -> left[i]--; ref = i / 4; o = i % 4
proctype Callback() { byte ref, o, told;
next:
  atomic { if :: TAKE(1) :: TAKE(2) :: TAKE(3) :: TAKE(5) :: TAKE(6) :: TAKE(7) :: over -> goto end fi };
come:
  atomic {
    if :: !expected[ref] -> goto gone :: else fi;             /* 404: nobody expects it */
#if defined(AS_BUILT)
    if :: stored[ref] == NONE -> stored[ref] = o :: else fi; told = stored[ref]
#elif defined(M_FORGET)
    told = o
#elif defined(M_LAST)
    stored[ref] = o; told = o
#else
    if :: FINAL(stored[ref]) :: else -> stored[ref] = o fi; told = stored[ref]
#endif
  };
  if :: FAULT; goto come :: true fi;                          /* it dies: the partner sends it again */
  Report(ref, told);
gone:
  atomic { onWay--; ref = 0; o = 0; told = 0; goto next };
end: skip
}

proctype Consumer(byte ref) {
  if :: FAULT; goto gone :: true fi;
  atomic { if :: r == ref -> sent = 1 :: else -> goto gone fi };
#ifndef M_LATE
  expected[ref] = 1;
#endif
  if :: FAULT; goto gone :: true fi;
  atomic {                                                    /* done once, however often it is asked */
    if :: !called[ref] -> called[ref] = 1; if :: truth[ref] = YES :: truth[ref] = NO fi;
            if :: left[4 * ref + PENDING] = 1; onWay++ :: true fi;
            if :: left[4 * ref + truth[ref]] = 1; onWay++ :: left[4 * ref + truth[ref]] = 2; onWay = onWay + 2 fi
       :: else
    fi };
#ifdef M_LATE
  expected[ref] = 1;
#endif
gone: onWay--
}

init {
  byte asks, o; bit again;
  atomic { run Callback(); run Callback() };
start:
  atomic { sent = 0; onWay++; run Consumer(r) };
  do
  :: done != NONE || onWay == 0 && !refused -> break
  :: atomic { sent && done == NONE && !refused && asks < 1 -> asks++; o = stored[r];
#ifdef QUERY
       if :: OPEN && called[r] -> o = truth[r] :: else fi
#endif
     }; Report(r, o)
#ifndef RETRY
  :: atomic { sent && done == NONE && !again -> again = 1; sent = 0; onWay++; run Consumer(r) }
#else
  :: atomic { refused && !retried -> retried = 1; refused = 0; asks = 0;
#if defined(AS_BUILT) || defined(M_SAMEREF)
       truth[0] = NONE; called[0] = 0;
#else
       r = 1;
#endif
       goto start }
#endif
  :: refused && retried -> break
  od;
  (onWay == 0);
  o = stored[r]; sent = 1; Report(r, o);                      /* the last look, once all has come */
  assert(!called[r] || !expected[r] || done == truth[r] || refused);
  over = 1
}
